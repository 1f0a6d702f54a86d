package io.github.cameldataverse.changes.internal.exchange;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import org.apache.camel.Message;

/** Whether an upsert brings a record that the sinks do not hold, and how that is known. */
public enum UpsertKind {
    /** The subscription has never offered the record, or was told since that it is deleted. */
    CREATED("create", "exact"),
    /** The route has accepted the record before. */
    UPDATED("update", "exact"),
    /** The record was offered before a full load began; whether the route accepted it is not known any more. */
    PROBABLY_UPDATED("update", "inferred"),
    /** Both times of the row are the same. */
    BORN("create", "inferred"),
    /** The row was modified after it was created. */
    CHANGED("update", "inferred");

    private final String word;
    private final String basis;

    UpsertKind(String word, String basis) {
        this.word = word;
        this.basis = basis;
    }

    void fill(Message message) {
        message.setHeader(DataverseChangesConstants.UPSERT_KIND, word);
        message.setHeader(DataverseChangesConstants.UPSERT_KIND_BASIS, basis);
    }
}
