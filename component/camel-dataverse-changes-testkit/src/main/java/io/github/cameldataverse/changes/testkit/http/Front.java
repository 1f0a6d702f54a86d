package io.github.cameldataverse.changes.testkit.http;

import io.github.cameldataverse.changes.testkit.entra.Authority;
import io.github.cameldataverse.changes.testkit.faults.Faults;
import io.github.cameldataverse.changes.testkit.soap.OrganizationService;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.Refusal;
import io.github.cameldataverse.changes.testkit.wire.ServiceException;
import io.github.cameldataverse.changes.testkit.wire.Soap;

/**
 * Every question comes through here: to the authority, the Web API or the Organization Service, past the armed faults.
 * Who is not let in strikes no fault, and neither does what service protection refuses.
 */
public record Front(WebApi api, OrganizationService soap, Authority authority, Faults faults, Protection protection) {
    Answer answer(Question question) {
        if (Authority.isMeantBy(question)) {
            return faults.answer(question, false, () -> authority.answer(question));
        }
        return api.admits(question)
                ? protection.answer(refusal -> refused(question, refusal), () -> served(question))
                : api.challenge(question);
    }

    private Answer served(Question question) {
        return Soap.isMeantBy(question)
                ? faults.answer(question, true, () -> soap.answer(question))
                : faults.answer(question, api.isData(question), () -> api.answer(question));
    }

    private Answer refused(Question question, Refusal refusal) {
        return Soap.isMeantBy(question) ? soap.fault(refusal) : new ServiceException(refusal).answer(question);
    }
}
