package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.function.Supplier;

/** The last page has no delta link, or no data token: a known defect of older versions. Other pages are left as they are. */
public record MissingDeltaLink() implements Fault {
    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        ServiceResponse response = ODataPageEditor.edit(proper.get(), page -> page.remove(ODataPageEditor.DELTA_LINK));
        return SoapPageEditor.edit(response, envelope -> SoapPageEditor.without(envelope, SoapPageEditor.DATA_TOKEN));
    }
}
