package io.github.cameldataverse.changes.testkit.http;

import io.github.cameldataverse.changes.testkit.faults.Faults;
import io.github.cameldataverse.changes.testkit.model.Organization;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Codes;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.ServiceException;
import java.util.List;
import java.util.Optional;

/** Finds who answers a question, lets the armed faults have it first, and turns refusals into answers. Thread-safe. */
public final class WebApi {
    private final List<Endpoint> endpoints;
    private final Faults faults;

    public WebApi(Organization organization, Switches switches, Faults faults) {
        this.faults = faults;
        this.endpoints = List.of(
                new DefinitionEndpoints(organization, switches),
                new RowEndpoints(organization, switches),
                new WriteEndpoints(organization));
    }

    /** The answer, whatever is asked. */
    public Answer answer(Question question) {
        Optional<Call> call = Call.of(question);
        Optional<Endpoint> endpoint = call.flatMap(this::endpoint);
        boolean data = endpoint.map(Endpoint::isData).orElse(false);
        return faults.answer(question, data, () -> proper(question, call, endpoint));
    }

    private Answer proper(Question question, Optional<Call> call, Optional<Endpoint> endpoint) {
        try {
            return endpoint.map(each -> each.answer(call.orElseThrow())).orElseThrow(() -> unknown(question, call));
        } catch (ServiceException refused) {
            return refused.answer(question);
        }
    }

    private Optional<Endpoint> endpoint(Call call) {
        return endpoints.stream().filter(endpoint -> endpoint.handles(call)).findFirst();
    }

    private static ServiceException unknown(Question question, Optional<Call> call) {
        String segment = call.map(Call::resource).orElse(question.path());
        int end = segment.indexOf('(') < 0 ? segment.length() : segment.indexOf('(');
        return new ServiceException(
                404,
                Codes.RESOURCE,
                "Resource not found for the segment '"
                        + segment.substring(0, end).replaceFirst("/\\$count$", "") + "'.");
    }
}
