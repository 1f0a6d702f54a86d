package io.github.cameldataverse.changes.example;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What a file or a message needs beyond the row. */
final class Outgoing {

    private Outgoing() {}

    /** The two ends of a full reload come without a row. A file or a message needs a body that says what it is. */
    static void describeBracket(Exchange exchange) {
        ChangeType type = ChangeType.of(exchange.getMessage());
        if (type.isBracket()) {
            exchange.getMessage().setBody("{\"type\":\"%s\"}".formatted(type.word()));
        }
    }

    /** JMS drops the headers of Camel. What a receiver needs to know of a change goes out under names of its own. */
    static void setProperties(Message message) {
        copy(message, DataverseChangesConstants.CHANGE_TYPE, "type");
        copy(message, DataverseChangesConstants.ID, "id");
        copy(message, DataverseChangesConstants.VERSION, "version");
        copy(message, DataverseChangesConstants.KEY, "key");
    }

    // A delete has no version, an end of a full reload no id.
    private static void copy(Message message, String header, String property) {
        Object value = message.getHeader(header);
        if (value != null) {
            message.setHeader(property, value);
        }
    }
}
