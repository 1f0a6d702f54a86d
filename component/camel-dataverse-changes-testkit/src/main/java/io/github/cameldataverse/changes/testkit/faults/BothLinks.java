package io.github.cameldataverse.changes.testkit.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.function.Supplier;

/**
 * The page has a next link and a delta link, which OData forbids: the one that is missing is made from the other. From the
 * Organization Service, a page in the middle has a data token, which is not to be kept, and the last page a paging
 * cookie, which leads nowhere.
 */
public record BothLinks() implements Fault {
    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return SoapPageEditor.edit(ODataPageEditor.edit(proper.get(), BothLinks::complete), BothLinks::completed);
    }

    private static String completed(String envelope) {
        return SoapPageEditor.hasMore(envelope)
                ? SoapPageEditor.with(envelope, SoapPageEditor.DATA_TOKEN, "1!01/01/2000 00:00:00")
                : SoapPageEditor.with(envelope, SoapPageEditor.PAGING_COOKIE, "&lt;cookie page=\"1\" /&gt;");
    }

    private static void complete(ObjectNode page) {
        if (page.has(ODataPageEditor.NEXT_LINK)) {
            page.put(
                    ODataPageEditor.DELTA_LINK,
                    page.get(ODataPageEditor.NEXT_LINK).asText());
        } else if (page.has(ODataPageEditor.DELTA_LINK)) {
            page.put(
                    ODataPageEditor.NEXT_LINK,
                    page.get(ODataPageEditor.DELTA_LINK).asText());
        }
    }
}
