package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceResponse;

/** Puts a document type before an envelope, and an entity of it into a text. */
final class DocumentTypeDeclaration {
    private DocumentTypeDeclaration() {}

    static ServiceResponse declared(ServiceResponse response, String declarations, String entity) {
        return SoapPageEditor.edit(
                response,
                envelope -> "<!DOCTYPE Envelope [" + declarations + "]>"
                        + SoapPageEditor.with(envelope, "ResponseName", "&" + entity + ";"));
    }
}
