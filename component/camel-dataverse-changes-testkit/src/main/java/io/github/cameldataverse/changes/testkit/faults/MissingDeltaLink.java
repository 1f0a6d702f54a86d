package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.function.Supplier;

/** The last page has no delta link: a known defect of older versions. Pages in the middle are spared. */
public record MissingDeltaLink() implements Fault {
    @Override
    public boolean spared(Answer answer) {
        return answer.body().text().contains("\"" + Pages.NEXT_LINK + "\":");
    }

    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return Pages.edit(proper.get(), page -> page.remove(Pages.DELTA_LINK));
    }
}
