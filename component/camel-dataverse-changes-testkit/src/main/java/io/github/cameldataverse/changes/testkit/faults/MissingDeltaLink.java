package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.function.Supplier;

/** The last page has no delta link, or no data token: a known defect of older versions. Pages in the middle are spared. */
public record MissingDeltaLink() implements Fault {
    @Override
    public boolean spared(ServiceResponse answer) {
        String body = answer.body().text();
        return body.contains("\"" + ODataPageEditor.NEXT_LINK + "\":") || SoapPageEditor.hasMore(body);
    }

    @Override
    public ServiceResponse strike(ServiceRequest question, Supplier<ServiceResponse> proper) {
        ServiceResponse answer = ODataPageEditor.edit(proper.get(), page -> page.remove(ODataPageEditor.DELTA_LINK));
        return SoapPageEditor.edit(answer, envelope -> SoapPageEditor.without(envelope, SoapPageEditor.DATA_TOKEN));
    }
}
