package io.github.cameldataverse.changes.testkit.internal.webapi;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.entra.IssuedTokens;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.internal.response.TokenChallenge;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.util.List;
import java.util.Optional;

/** The Web API: lets in who may, finds who answers, and turns refusals into answers. Thread-safe. */
public final class WebApiService {
    private final List<WebApiEndpoint> endpoints;
    private final IssuedTokens tokens;
    private final String tenant;

    public WebApiService(OrganizationTables organization, Switches switches, IssuedTokens tokens, String tenant) {
        this.tenant = tenant;
        this.tokens = tokens;
        this.endpoints = List.of(
                new DefinitionReadEndpoint(organization, switches),
                new DefinitionWriteEndpoint(organization, switches),
                new RowReadEndpoint(organization, switches),
                new RowWriteEndpoint(organization));
    }

    /** Whether rows are asked for. */
    public boolean isData(ServiceRequest question) {
        return WebApiRequest.of(question)
                .flatMap(this::endpoint)
                .map(WebApiEndpoint::isData)
                .orElse(false);
    }

    /** Whether the access token that came along is accepted. */
    public boolean admits(ServiceRequest question) {
        return tokens.accepts(question.header("Authorization"));
    }

    /** What is said to whom is not let in. */
    public ServiceResponse challenge(ServiceRequest question) {
        return TokenChallenge.answer(TokenChallenge.authority(tenant), question.origin());
    }

    /** The answer, whatever is asked. */
    public ServiceResponse answer(ServiceRequest question) {
        try {
            WebApiRequest call = WebApiRequest.of(question).orElseThrow(() -> unknown(question.path()));
            WebApiEndpoint endpoint = endpoint(call).orElseThrow(() -> unknown(call.resource()));
            return endpoint.answer(call);
        } catch (ServiceRefusalException refused) {
            return refused.answer(question);
        }
    }

    private Optional<WebApiEndpoint> endpoint(WebApiRequest call) {
        return endpoints.stream().filter(endpoint -> endpoint.handles(call)).findFirst();
    }

    private static ServiceRefusalException unknown(String path) {
        String segment = path.replaceFirst("/\\$count$", "").replaceFirst("\\(.*", "");
        return new ServiceRefusalException(
                404, ErrorCodes.RESOURCE, "Resource not found for the segment '" + segment + "'.");
    }
}
