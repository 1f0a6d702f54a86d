package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.response.SoapMessages;
import java.util.function.Supplier;

/**
 * The page has a next link that leads to itself: a client that does not notice reads forever. From the Organization Service
 * the page has the paging cookie of its own request; a first page, whose request has none, does not match.
 */
public record NextLinkCycle() implements Fault {
    @Override
    public boolean appliesTo(ServiceRequest request) {
        return !SoapMessages.isFor(request)
                || SoapMessages.pagingCookie(request).isPresent();
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        ServiceResponse response = ODataPageEditor.edit(proper.get(), page -> {
            page.remove(ODataPageEditor.DELTA_LINK);
            page.put(ODataPageEditor.NEXT_LINK, request.origin() + request.pathAndQuery());
        });
        return SoapPageEditor.edit(response, envelope -> leadingBack(request, envelope));
    }

    private static String leadingBack(ServiceRequest request, String envelope) {
        String cookie =
                SoapPageEditor.escaped(SoapMessages.pagingCookie(request).orElseThrow());
        String more = SoapPageEditor.with(envelope, SoapPageEditor.MORE_RECORDS, "true");
        return SoapPageEditor.without(
                SoapPageEditor.with(more, SoapPageEditor.PAGING_COOKIE, cookie), SoapPageEditor.DATA_TOKEN);
    }
}
