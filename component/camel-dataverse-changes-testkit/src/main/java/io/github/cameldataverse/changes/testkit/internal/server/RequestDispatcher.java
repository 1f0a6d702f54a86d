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
 * Passes each request to the token endpoints, the Web API or the Organization Service, and injects the armed faults. A
 * request that is refused for its access token or by service protection meets no fault.
 */
public record RequestDispatcher(
        WebApiService api,
        OrganizationServiceEndpoint soap,
        EntraAuthority authority,
        Faults faults,
        ServiceProtection protection) {
    ServiceResponse answer(ServiceRequest request) {
        if (EntraAuthority.isFor(request)) {
            return faults.respond(request, () -> authority.answer(request));
        }
        return api.accepts(request)
                ? protection.respond(refusal -> refused(request, refusal), () -> served(request))
                : api.challenge(request);
    }

    private ServiceResponse served(ServiceRequest request) {
        return SoapMessages.isFor(request)
                ? faults.respondToDataRequest(request, () -> soap.answer(request))
                : respondFromWebApi(request);
    }

    private ServiceResponse respondFromWebApi(ServiceRequest request) {
        return api.isData(request)
                ? faults.respondToDataRequest(request, () -> properly(request))
                : faults.respond(request, () -> properly(request));
    }

    /** The requests inside of a batch meet the faults whose condition they satisfy. */
    private ServiceResponse properly(ServiceRequest request) {
        return api.answer(request, part -> faults.respond(part, () -> api.answerPart(part)));
    }

    private ServiceResponse refused(ServiceRequest request, ServiceRefusal refusal) {
        return SoapMessages.isFor(request) ? soap.fault(refusal) : new ServiceRefusalException(refusal).answer(request);
    }
}
