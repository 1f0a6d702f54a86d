package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import io.github.cameldataverse.changes.testkit.internal.response.SoapMessages;
import java.util.function.Supplier;

/**
 * The envelope has elements nested so deeply that a recursive reader runs out of stack. Only for requests to the
 * Organization Service.
 *
 * @param depth how deeply
 */
public record DeepNesting(int depth) implements Fault {
    public DeepNesting {
        Argument.atLeast("DeepNesting.depth", depth, 1);
    }

    /** Deeper than any stack of usual size. */
    public DeepNesting() {
        this(100_000);
    }

    @Override
    public boolean appliesTo(ServiceRequest request) {
        return SoapMessages.isFor(request);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        String nested = "<deep>".repeat(depth) + "</deep>".repeat(depth);
        return SoapPageEditor.edit(proper.get(), envelope -> SoapPageEditor.with(envelope, "ResponseName", nested));
    }
}
