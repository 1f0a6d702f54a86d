package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The body of the response, JSON or XML, is changed.
 *
 * @param change changes the text
 */
public record RewrittenBody(UnaryOperator<String> change) implements Fault {
    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        ServiceResponse response = proper.get();
        return response.body(ResponseBody.of(change.apply(response.body().text())));
    }
}
