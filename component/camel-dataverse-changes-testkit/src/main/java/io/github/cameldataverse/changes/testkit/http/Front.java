package io.github.cameldataverse.changes.testkit.http;

import io.github.cameldataverse.changes.testkit.entra.TokenEndpoint;
import io.github.cameldataverse.changes.testkit.faults.Faults;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;

/**
 * Every question comes through here: to the authority or to the Web API, past the armed faults. Who is not let in strikes
 * no fault, and neither does what service protection refuses.
 */
public record Front(WebApi api, TokenEndpoint authority, Faults faults) {
    Answer answer(Question question) {
        if (TokenEndpoint.isMeantBy(question)) {
            return faults.answer(question, false, () -> authority.answer(question));
        }
        return api.admits(question)
                ? api.guarded(() -> faults.answer(question, api.isData(question), () -> api.answer(question)))
                : api.challenge(question);
    }
}
