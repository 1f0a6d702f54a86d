package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusal;
import io.github.cameldataverse.changes.testkit.internal.response.SoapMessages;
import java.util.function.Supplier;

/** The paging cookie of a next link is refused: 400 with 0x8004112A. Strikes requests with a next link or a paging cookie only. */
public record RefusedNextLink() implements Fault {
    @Override
    public boolean concerns(ServiceRequest question) {
        return question.query().has("$skiptoken")
                || (SoapMessages.isMeantBy(question)
                        && SoapMessages.pagingCookie(question).isPresent());
    }

    @Override
    public ServiceResponse strike(ServiceRequest question, Supplier<ServiceResponse> proper) {
        return new ServiceRefusal(400, ErrorCodes.INVALID_PAGING_COOKIE, "Invalid page number in paging cookie.")
                .to(question);
    }
}
