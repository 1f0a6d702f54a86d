package io.github.cameldataverse.changes.testkit.http;

import io.github.cameldataverse.changes.testkit.entra.AccessTokens;
import io.github.cameldataverse.changes.testkit.model.Organization;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Challenge;
import io.github.cameldataverse.changes.testkit.wire.Codes;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.ServiceException;
import java.util.List;
import java.util.Optional;

/** The Web API: lets in who may, finds who answers, and turns refusals into answers. Thread-safe. */
public final class WebApi {
    private final List<Endpoint> endpoints;
    private final AccessTokens tokens;
    private final String tenant;

    public WebApi(Organization organization, Switches switches, AccessTokens tokens, String tenant) {
        this.tenant = tenant;
        this.tokens = tokens;
        this.endpoints = List.of(
                new DefinitionEndpoints(organization, switches),
                new DefinitionWriteEndpoints(organization, switches),
                new RowEndpoints(organization, switches),
                new WriteEndpoints(organization));
    }

    /** Whether rows are asked for. */
    boolean isData(Question question) {
        return Call.of(question).flatMap(this::endpoint).map(Endpoint::isData).orElse(false);
    }

    /** Whether the access token that came along is accepted. */
    boolean admits(Question question) {
        return tokens.accepts(question.header("Authorization"));
    }

    /** What is said to whom is not let in. */
    Answer challenge(Question question) {
        return Challenge.answer(Challenge.authority(tenant), question.origin());
    }

    /** The answer, whatever is asked. */
    Answer answer(Question question) {
        try {
            Call call = Call.of(question).orElseThrow(() -> unknown(question.path()));
            Endpoint endpoint = endpoint(call).orElseThrow(() -> unknown(call.resource()));
            return endpoint.answer(call);
        } catch (ServiceException refused) {
            return refused.answer(question);
        }
    }

    private Optional<Endpoint> endpoint(Call call) {
        return endpoints.stream().filter(endpoint -> endpoint.handles(call)).findFirst();
    }

    private static ServiceException unknown(String path) {
        String segment = path.replaceFirst("/\\$count$", "").replaceFirst("\\(.*", "");
        return new ServiceException(404, Codes.RESOURCE, "Resource not found for the segment '" + segment + "'.");
    }
}
