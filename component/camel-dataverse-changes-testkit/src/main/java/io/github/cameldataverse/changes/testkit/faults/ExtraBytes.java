package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.function.Supplier;

/**
 * More comes after the end of the JSON.
 *
 * @param text what comes
 */
public record ExtraBytes(String text) implements Fault {
    public ExtraBytes {
        if (text == null || text.isEmpty()) {
            throw new IllegalArgumentException("ExtraBytes.text is empty; it must have a text, blanks at least");
        }
    }

    /** A second, empty object. */
    public ExtraBytes() {
        this("{}");
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        ServiceResponse response = proper.get();
        return response.body(ResponseBody.of(response.body().text() + text));
    }
}
