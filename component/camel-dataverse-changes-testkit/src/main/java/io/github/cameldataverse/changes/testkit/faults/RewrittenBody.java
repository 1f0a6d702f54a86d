package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The body of the response, JSON or XML, is changed. A response with nothing to change is left as it is.
 *
 * @param change changes the text
 */
public record RewrittenBody(UnaryOperator<String> change) implements Fault {
    public RewrittenBody {
        Argument.given("RewrittenBody.change", change);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        ServiceResponse response = proper.get();
        return response.body(ResponseBody.of(change.apply(response.body().text())));
    }
}
