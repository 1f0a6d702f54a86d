package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Body;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The body of the answer, JSON or XML, reads otherwise.
 *
 * @param change what becomes of its text
 */
public record Rewritten(UnaryOperator<String> change) implements Fault {
    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        Answer answer = proper.get();
        return answer.body(Body.of(change.apply(answer.body().text())));
    }
}
