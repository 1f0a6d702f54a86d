package io.github.cameldataverse.changes.example;

import io.github.cameldataverse.changes.DataverseChangesConstants;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * A change as its headers describe it, checked: whatever is named after a change, a file or a message group, is named
 * after these values and never after the content of a row.
 *
 * @param type one of the four change types
 * @param subject what has changed: the id of a record; of a bracket, its type
 * @param key differs for every change and is the same when a change is repeated: {@code id@version}, or {@code
 *     id!round} where there is no version
 */
record Incoming(ChangeType type, String subject, String key) {

    private static final Pattern GUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    static Incoming of(Exchange exchange) {
        Message message = exchange.getMessage();
        ChangeType type = ChangeType.of(message);
        String subject = type.isBracket() ? type.word() : id(message);
        String stamp = type == ChangeType.UPSERT ? "@" + version(message) : "!" + round(message);
        return new Incoming(type, subject, subject + stamp);
    }

    /** The round of the subscription in which the change was served. */
    static long round(Message message) {
        return number(message, DataverseChangesConstants.ROUND);
    }

    /** The version of an upserted row; a delete has none. */
    static long version(Message message) {
        return number(message, DataverseChangesConstants.VERSION);
    }

    /** The id of the record, a GUID in lower case. */
    static String id(Message message) {
        String id = message.getHeader(DataverseChangesConstants.ID, "", String.class);
        if (!GUID.matcher(id).matches()) {
            throw new RefusedChangeException("The id of a record must be a GUID in lower case; it is: " + id);
        }
        return id;
    }

    private static long number(Message message, String header) {
        Long number = message.getHeader(header, Long.class);
        if (number == null) {
            throw new RefusedChangeException("A change arrived without the header " + header + ".");
        }
        return number;
    }
}
