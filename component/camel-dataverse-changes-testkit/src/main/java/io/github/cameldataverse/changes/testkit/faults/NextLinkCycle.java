package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.function.Supplier;

/** The page has a next link that leads to itself: a client that does not notice never ends. */
public record NextLinkCycle() implements Fault {
    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return Pages.edit(proper.get(), page -> {
            page.remove(Pages.DELTA_LINK);
            page.put(Pages.NEXT_LINK, question.origin() + question.pathAndQuery());
        });
    }
}
