package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusal;
import io.github.cameldataverse.changes.testkit.internal.response.SoapMessages;
import java.util.function.Supplier;

/** The paging cookie of a next link is refused: 400 with 0x8004112A. Only for requests with such a cookie. */
public record RefusedNextLink() implements Fault {
    @Override
    public boolean appliesTo(ServiceRequest request) {
        return request.query().has("$skiptoken")
                || (SoapMessages.isFor(request)
                        && SoapMessages.pagingCookie(request).isPresent());
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return new ServiceRefusal(400, ErrorCodes.INVALID_PAGING_COOKIE, "Invalid page number in paging cookie.")
                .to(request);
    }
}
