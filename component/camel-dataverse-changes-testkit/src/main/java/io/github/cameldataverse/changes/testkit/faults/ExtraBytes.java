package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Body;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.function.Supplier;

/**
 * More comes after the end of the JSON.
 *
 * @param text what comes
 */
public record ExtraBytes(String text) implements Fault {
    /** A second, empty object. */
    public ExtraBytes() {
        this("{}");
    }

    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        Answer answer = proper.get();
        return answer.body(Body.of(answer.body().text() + text));
    }
}
