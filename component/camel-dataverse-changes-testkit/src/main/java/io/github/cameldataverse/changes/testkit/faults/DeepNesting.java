package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.response.SoapMessages;
import java.util.function.Supplier;

/**
 * The envelope holds elements nested so deeply that a reader that calls itself for each has no stack left. Strikes
 * requests to the Organization Service only.
 *
 * @param depth how deeply
 */
public record DeepNesting(int depth) implements Fault {
    /** Deeper than any stack of usual size. */
    public DeepNesting() {
        this(100_000);
    }

    @Override
    public boolean concerns(ServiceRequest question) {
        return SoapMessages.isMeantBy(question);
    }

    @Override
    public ServiceResponse strike(ServiceRequest question, Supplier<ServiceResponse> proper) {
        String nested = "<deep>".repeat(depth) + "</deep>".repeat(depth);
        return SoapPageEditor.edit(proper.get(), envelope -> SoapPageEditor.with(envelope, "ResponseName", nested));
    }
}
