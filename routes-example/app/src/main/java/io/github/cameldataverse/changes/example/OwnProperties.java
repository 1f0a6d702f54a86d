package io.github.cameldataverse.changes.example;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import org.apache.camel.Message;

/** JMS drops the headers of Camel. What a receiver needs to know of a change goes out under names of its own. */
final class OwnProperties {

    private OwnProperties() {}

    static void set(Message message) {
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
