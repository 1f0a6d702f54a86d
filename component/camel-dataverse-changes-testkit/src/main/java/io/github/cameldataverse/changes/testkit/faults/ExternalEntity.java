package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import io.github.cameldataverse.changes.testkit.internal.response.SoapMessages;
import java.net.URI;
import java.util.function.Supplier;

/**
 * The envelope has a document type with an entity that is to be fetched from elsewhere. A client must not do that.
 * Only for requests to the Organization Service.
 *
 * @param source a file, or a second simulator: see that it receives nothing
 */
public record ExternalEntity(URI source) implements Fault {
    public ExternalEntity {
        Argument.given("ExternalEntity.source", source);
    }

    @Override
    public boolean appliesTo(ServiceRequest request) {
        return SoapMessages.isFor(request);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return DocumentTypeDeclaration.declared(
                proper.get(), "<!ENTITY elsewhere SYSTEM \"" + source + "\">", "elsewhere");
    }
}
