package io.github.cameldataverse.changes.example;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The four kinds of exchanges that a subscription produces. */
enum ChangeType {
    UPSERT("upsert"),
    DELETE("delete"),
    RESYNC_STARTED("resyncStarted"),
    RESYNC_COMPLETED("resyncCompleted");

    private final String word;

    ChangeType(String word) {
        this.word = word;
    }

    static ChangeType of(Message message) {
        String word = message.getHeader(DataverseChangesConstants.CHANGE_TYPE, String.class);
        for (ChangeType type : values()) {
            if (type.word.equals(word)) {
                return type;
            }
        }
        throw new IllegalStateException("This application does not know the change type " + word + ".");
    }

    /** The word in the header {@code CamelDataverseChangesChangeType}. */
    String word() {
        return word;
    }

    /** Whether an exchange is of this type; for {@code filter} and {@code when}. */
    boolean isThatOf(Exchange exchange) {
        return of(exchange.getMessage()) == this;
    }

    /** Whether this is no change but one end of a full reload. */
    boolean isBracket() {
        return this == RESYNC_STARTED || this == RESYNC_COMPLETED;
    }
}
