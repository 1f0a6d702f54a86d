package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Codes;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.Refusal;
import io.github.cameldataverse.changes.testkit.wire.Soap;
import java.util.function.Supplier;

/** The paging cookie of a next link is refused: 400 with 0x8004112A. Strikes requests with a next link or a paging cookie only. */
public record RefusedNextLink() implements Fault {
    @Override
    public boolean concerns(Question question) {
        return question.query().has("$skiptoken")
                || (Soap.isMeantBy(question) && Soap.pagingCookie(question).isPresent());
    }

    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return new Refusal(400, Codes.INVALID_PAGING_COOKIE, "Invalid page number in paging cookie.").to(question);
    }
}
