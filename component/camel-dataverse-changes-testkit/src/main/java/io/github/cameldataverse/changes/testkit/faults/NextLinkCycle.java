package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.Soap;
import java.util.function.Supplier;

/**
 * The page has a next link that leads to itself: a client that does not notice never ends. From the Organization Service
 * it has the paging cookie that it was asked for with; a first page, asked for without one, is not struck.
 */
public record NextLinkCycle() implements Fault {
    @Override
    public boolean concerns(Question question) {
        return !Soap.isMeantBy(question) || Soap.pagingCookie(question).isPresent();
    }

    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        Answer answer = Pages.edit(proper.get(), page -> {
            page.remove(Pages.DELTA_LINK);
            page.put(Pages.NEXT_LINK, question.origin() + question.pathAndQuery());
        });
        return Envelopes.edit(answer, envelope -> leadingBack(question, envelope));
    }

    private static String leadingBack(Question question, String envelope) {
        String cookie = Envelopes.escaped(Soap.pagingCookie(question).orElseThrow());
        String more = Envelopes.with(envelope, Envelopes.MORE_RECORDS, "true");
        return Envelopes.without(Envelopes.with(more, Envelopes.PAGING_COOKIE, cookie), Envelopes.DATA_TOKEN);
    }
}
