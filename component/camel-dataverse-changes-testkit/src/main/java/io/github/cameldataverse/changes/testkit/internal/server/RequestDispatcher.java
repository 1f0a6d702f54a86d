package io.github.cameldataverse.changes.testkit.internal.server;

import io.github.cameldataverse.changes.testkit.faults.Faults;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.entra.EntraAuthority;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusal;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.internal.response.SoapMessages;
import io.github.cameldataverse.changes.testkit.internal.soap.OrganizationServiceEndpoint;
import io.github.cameldataverse.changes.testkit.internal.webapi.WebApiService;

/**
 * Every question comes through here: to the authority, the Web API or the Organization Service, past the armed faults.
 * Who is not let in strikes no fault, and neither does what service protection refuses.
 */
public record RequestDispatcher(
        WebApiService api,
        OrganizationServiceEndpoint soap,
        EntraAuthority authority,
        Faults faults,
        ServiceProtection protection) {
    ServiceResponse answer(ServiceRequest question) {
        if (EntraAuthority.isMeantBy(question)) {
            return faults.answer(question, false, () -> authority.answer(question));
        }
        return api.admits(question)
                ? protection.answer(refusal -> refused(question, refusal), () -> served(question))
                : api.challenge(question);
    }

    private ServiceResponse served(ServiceRequest question) {
        return SoapMessages.isMeantBy(question)
                ? faults.answer(question, true, () -> soap.answer(question))
                : faults.answer(question, api.isData(question), () -> api.answer(question));
    }

    private ServiceResponse refused(ServiceRequest question, ServiceRefusal refusal) {
        return SoapMessages.isMeantBy(question)
                ? soap.fault(refusal)
                : new ServiceRefusalException(refusal).answer(question);
    }
}
