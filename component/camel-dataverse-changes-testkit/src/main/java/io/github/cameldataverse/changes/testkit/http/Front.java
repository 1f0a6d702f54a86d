package io.github.cameldataverse.changes.testkit.http;

import io.github.cameldataverse.changes.testkit.entra.Authority;
import io.github.cameldataverse.changes.testkit.faults.Faults;
import io.github.cameldataverse.changes.testkit.soap.OrganizationService;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.Soap;

/**
 * Every question comes through here: to the authority, the Web API or the Organization Service, past the armed faults. Who is not let in strikes
 * no fault.
 */
public record Front(WebApi api, OrganizationService soap, Authority authority, Faults faults) {
    Answer answer(Question question) {
        if (Authority.isMeantBy(question)) {
            return faults.answer(question, false, () -> authority.answer(question));
        }
        return api.admits(question) ? served(question) : api.challenge(question);
    }

    private Answer served(Question question) {
        return Soap.isMeantBy(question)
                ? faults.answer(question, true, () -> soap.answer(question))
                : faults.answer(question, api.isData(question), () -> api.answer(question));
    }
}
