package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.response.SoapMessages;
import java.util.function.Supplier;

/** A page has more records behind it, but no paging cookie. Only for requests to the Organization Service. */
public record MissingPagingCookie() implements Fault {
    @Override
    public boolean appliesTo(ServiceRequest request) {
        return SoapMessages.isFor(request);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return SoapPageEditor.edit(proper.get(), MissingPagingCookie::changed);
    }

    private static String changed(String envelope) {
        String more = SoapPageEditor.with(envelope, SoapPageEditor.MORE_RECORDS, "true");
        return SoapPageEditor.without(
                SoapPageEditor.without(more, SoapPageEditor.PAGING_COOKIE), SoapPageEditor.DATA_TOKEN);
    }
}
