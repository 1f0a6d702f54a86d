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
import java.util.function.Supplier;

/** The Web API: lets in who may, finds who answers, and turns refusals into answers. Thread-safe. */
public final class WebApi {
    private final List<Endpoint> endpoints;
    private final AccessTokens tokens;
    private final Protection protection;

    public WebApi(Organization organization, Switches switches, AccessTokens tokens) {
        this.tokens = tokens;
        this.protection = new Protection(switches, organization.clock());
        this.endpoints = List.of(
                new DefinitionEndpoints(organization, switches),
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
        return Challenge.answer(Challenge.AUTHORITY, question.origin());
    }

    /** How many requests service protection has refused. */
    public int refusals() {
        return protection.refusals();
    }

    /** Forgets how many were refused. */
    public void forget() {
        protection.forget();
    }

    /** What another gives, as long as service protection lets it. */
    Answer guarded(Supplier<Answer> other) {
        return protection.answer(other);
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
