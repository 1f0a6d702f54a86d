package io.github.cameldataverse.changes.testkit.internal.webapi;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.definition.EntityDefinitionUpdates;
import io.github.cameldataverse.changes.testkit.internal.entra.IssuedTokens;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.internal.response.TokenChallenge;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The Web API: checks access tokens, passes requests to their endpoints, and turns refusals into responses. Thread-safe. */
public final class WebApiService {
    private final List<WebApiEndpoint> endpoints;
    private final IssuedTokens tokens;
    private final String tenant;

    public WebApiService(
            OrganizationTables organization,
            Switches switches,
            EntityDefinitionUpdates definitions,
            IssuedTokens tokens,
            String tenant) {
        this.tenant = tenant;
        this.tokens = tokens;
        this.endpoints = List.of(
                new DefinitionReadEndpoint(organization, switches),
                new DefinitionWriteEndpoint(organization, switches, definitions),
                new RowReadEndpoint(organization, switches),
                new RowWriteEndpoint(organization, switches));
    }

    /** Whether a request reads rows, or is a batch of requests that do. */
    public boolean isData(ServiceRequest request) {
        Optional<WebApiRequest> call = WebApiRequest.of(request);
        return call.filter(Batch::isFor).isPresent()
                || call.flatMap(this::endpoint).filter(WebApiEndpoint::isData).isPresent();
    }

    /** Whether the access token of a request is accepted. */
    public boolean accepts(ServiceRequest request) {
        return tokens.accepts(request.header("Authorization"));
    }

    /** The response to a request whose access token is not accepted. */
    public ServiceResponse challenge(ServiceRequest request) {
        return TokenChallenge.answer(TokenChallenge.authority(tenant), request.origin());
    }

    /**
     * The response to any request.
     *
     * @param parts answers the requests that stand inside of a batch
     */
    public ServiceResponse answer(ServiceRequest request, Function<ServiceRequest, ServiceResponse> parts) {
        try {
            WebApiRequest call = WebApiRequest.of(request).orElseThrow(() -> unknown(request.path()));
            if (Batch.isFor(call)) {
                return new Batch(call, parts).answer();
            }
            WebApiEndpoint endpoint = endpoint(call).orElseThrow(() -> unknown(call.resource()));
            return endpoint.answer(call);
        } catch (ServiceRefusalException refused) {
            return refused.answer(request);
        }
    }

    /** The response to a request that stands inside of a batch. */
    public ServiceResponse answerPart(ServiceRequest request) {
        return answer(request, this::answerPart);
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
