package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.function.Supplier;

/** 200 and a page in HTML, as gateways and portals send them. */
public record HtmlBody() implements Fault {
    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return ServiceResponse.text(
                200, "text/html; charset=utf-8", "<!DOCTYPE html><html><body><h1>Please sign in</h1></body></html>");
    }
}
