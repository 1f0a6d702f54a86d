package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.response.SoapMessages;
import java.util.function.Supplier;

/**
 * The page has a next link that leads to itself: a client that does not notice never ends. From the Organization Service
 * it has the paging cookie that it was asked for with; a first page, asked for without one, is not struck.
 */
public record NextLinkCycle() implements Fault {
    @Override
    public boolean concerns(ServiceRequest question) {
        return !SoapMessages.isMeantBy(question)
                || SoapMessages.pagingCookie(question).isPresent();
    }

    @Override
    public ServiceResponse strike(ServiceRequest question, Supplier<ServiceResponse> proper) {
        ServiceResponse answer = ODataPageEditor.edit(proper.get(), page -> {
            page.remove(ODataPageEditor.DELTA_LINK);
            page.put(ODataPageEditor.NEXT_LINK, question.origin() + question.pathAndQuery());
        });
        return SoapPageEditor.edit(answer, envelope -> leadingBack(question, envelope));
    }

    private static String leadingBack(ServiceRequest question, String envelope) {
        String cookie =
                SoapPageEditor.escaped(SoapMessages.pagingCookie(question).orElseThrow());
        String more = SoapPageEditor.with(envelope, SoapPageEditor.MORE_RECORDS, "true");
        return SoapPageEditor.without(
                SoapPageEditor.with(more, SoapPageEditor.PAGING_COOKIE, cookie), SoapPageEditor.DATA_TOKEN);
    }
}
