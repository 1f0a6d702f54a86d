package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.response.SoapMessages;
import java.util.function.Supplier;

/** The Organization Service says that there is more, and not how to get there. Strikes its requests only. */
public record MissingPagingCookie() implements Fault {
    @Override
    public boolean concerns(ServiceRequest question) {
        return SoapMessages.isMeantBy(question);
    }

    @Override
    public ServiceResponse strike(ServiceRequest question, Supplier<ServiceResponse> proper) {
        return SoapPageEditor.edit(proper.get(), MissingPagingCookie::changed);
    }

    private static String changed(String envelope) {
        String more = SoapPageEditor.with(envelope, SoapPageEditor.MORE_RECORDS, "true");
        return SoapPageEditor.without(
                SoapPageEditor.without(more, SoapPageEditor.PAGING_COOKIE), SoapPageEditor.DATA_TOKEN);
    }
}
