package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.function.Supplier;

/** The last page has no delta link, or no data token: a known defect of older versions. Pages in the middle are spared. */
public record MissingDeltaLink() implements Fault {
    @Override
    public boolean spared(Answer answer) {
        String body = answer.body().text();
        return body.contains("\"" + Pages.NEXT_LINK + "\":") || Envelopes.hasMore(body);
    }

    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        Answer answer = Pages.edit(proper.get(), page -> page.remove(Pages.DELTA_LINK));
        return Envelopes.edit(answer, envelope -> Envelopes.without(envelope, Envelopes.DATA_TOKEN));
    }
}
