package io.github.cameldataverse.changes.example;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * A change as its headers describe it, checked: what is named after a change, a file or a message group, is named after
 * these values and never after the content of a row.
 *
 * @param type one of the four change types
 * @param key differs for every change and is the same when a change is repeated: {@code id@version}, {@code id!round} or
 *     {@code resyncStarted!round}
 * @param subject what has changed, the part of the key before the sign
 */
record Incoming(ChangeType type, String key, String subject) {

    private static final Pattern KEY = Pattern.compile(
            "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|resyncStarted|resyncCompleted)"
                    + "[@!]~?[0-9a-f]{1,24}\\+{0,5}");

    static Incoming of(Exchange exchange) {
        Message message = exchange.getMessage();
        String key = message.getHeader(DataverseChangesConstants.KEY, "", String.class);
        Matcher matcher = KEY.matcher(key);
        if (!matcher.matches()) {
            throw new RefusedChangeException("The key of a change must be a GUID, a sign and a number; it is: " + key);
        }
        return new Incoming(ChangeType.of(message), key, matcher.group(1));
    }

    /** The key of the row that has changed. */
    static UUID id(Message message) {
        return UUID.fromString(message.getHeader(DataverseChangesConstants.ID, String.class));
    }

    /** The version of the row; a delete has none. */
    static long version(Message message) {
        return number(message, DataverseChangesConstants.VERSION);
    }

    /** The round that the change was served in. */
    static long round(Message message) {
        return number(message, DataverseChangesConstants.ROUND);
    }

    private static long number(Message message, String header) {
        Long number = message.getHeader(header, Long.class);
        if (number == null) {
            throw new RefusedChangeException("The table needs the header " + header + " of each change.");
        }
        return number;
    }
}
