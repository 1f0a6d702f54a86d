package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Body;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.function.Supplier;

/** A byte order mark comes before the JSON. */
public record Bom() implements Fault {
    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        Answer answer = proper.get();
        return answer.body(Body.of("\uFEFF" + answer.body().text()));
    }
}
