package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;

/** Puts a document type before an envelope, and an entity of it into a text. */
final class DocumentTypes {
    private DocumentTypes() {}

    static Answer declared(Answer answer, String declarations, String entity) {
        return Envelopes.edit(
                answer,
                envelope -> "<!DOCTYPE Envelope [" + declarations + "]>"
                        + Envelopes.with(envelope, "ResponseName", "&" + entity + ";"));
    }
}
