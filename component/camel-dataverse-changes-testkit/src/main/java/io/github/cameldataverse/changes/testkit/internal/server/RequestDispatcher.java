package io.github.cameldataverse.changes.testkit.internal.server;

import io.github.cameldataverse.changes.testkit.faults.Faults;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.entra.EntraAuthority;
import io.github.cameldataverse.changes.testkit.internal.response.RequestId;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusal;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.internal.response.SoapMessages;
import io.github.cameldataverse.changes.testkit.internal.soap.OrganizationServiceEndpoint;
import io.github.cameldataverse.changes.testkit.internal.webapi.WebApiService;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Passes each request to the token endpoints, the Web API or the Organization Service, and injects the armed faults. A
 * request that is refused for its access token or by service protection meets no fault. Every response has the {@code Date}
 * of the simulated organization's clock, unless a fault has set another one.
 */
public record RequestDispatcher(
        WebApiService api,
        OrganizationServiceEndpoint soap,
        EntraAuthority authority,
        Faults faults,
        ServiceProtection protection,
        Switches switches,
        Clock clock) {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    ServiceResponse answer(ServiceRequest request) {
        ServiceResponse response = undated(request);
        return switches.get(Switch.DATE_HEADER) && response.header("Date").isEmpty()
                ? response.header("Date", HTTP_DATE.format(clock.instant()))
                : response;
    }

    private ServiceResponse undated(ServiceRequest request) {
        if (EntraAuthority.isFor(request)) {
            return faults.respond(request, () -> authority.answer(request));
        }
        return api.accepts(request)
                ? protection.respond(refusal -> refused(request, refusal), () -> served(request))
                : api.challenge(request);
    }

    private ServiceResponse served(ServiceRequest request) {
        return SoapMessages.isFor(request)
                ? respond(request, soap.isData(request), () -> RequestId.on(soap.answer(request)))
                : respond(request, api.isData(request), () -> properly(request));
    }

    private ServiceResponse respond(ServiceRequest request, boolean data, Supplier<ServiceResponse> proper) {
        return data ? faults.respondToDataRequest(request, proper) : faults.respond(request, proper);
    }

    /** The requests inside of a batch meet the faults whose condition they satisfy. */
    private ServiceResponse properly(ServiceRequest request) {
        return RequestId.on(api.answer(request, part -> faults.respond(part, () -> api.answerPart(part))));
    }

    private ServiceResponse refused(ServiceRequest request, ServiceRefusal refusal) {
        return SoapMessages.isFor(request) ? soap.fault(refusal) : new ServiceRefusalException(refusal).answer(request);
    }
}
