package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The body of the answer, JSON or XML, reads otherwise.
 *
 * @param change what becomes of its text
 */
public record RewrittenBody(UnaryOperator<String> change) implements Fault {
    @Override
    public ServiceResponse strike(ServiceRequest question, Supplier<ServiceResponse> proper) {
        ServiceResponse answer = proper.get();
        return answer.body(ResponseBody.of(change.apply(answer.body().text())));
    }
}
