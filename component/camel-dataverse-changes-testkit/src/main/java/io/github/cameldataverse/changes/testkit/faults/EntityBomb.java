package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.response.SoapMessages;
import java.util.function.Supplier;

/**
 * The envelope has a document type with an entity that contains another one ten times, and so on ("billion laughs"): a few
 * hundred bytes become gigabytes in a parser that resolves them. Only for requests to the Organization Service.
 */
public record EntityBomb() implements Fault {
    private static final int LEVELS = 10;

    @Override
    public boolean appliesTo(ServiceRequest request) {
        return SoapMessages.isFor(request);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return DocumentTypeDeclaration.declared(proper.get(), declarations(), "e" + LEVELS);
    }

    private static String declarations() {
        StringBuilder declarations = new StringBuilder("<!ENTITY e0 \"boom\">");
        for (int level = 1; level <= LEVELS; level++) {
            String ten = ("&e" + (level - 1) + ";").repeat(10);
            declarations
                    .append("<!ENTITY e")
                    .append(level)
                    .append(" \"")
                    .append(ten)
                    .append("\">");
        }
        return declarations.toString();
    }
}
