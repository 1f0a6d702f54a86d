package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.function.Supplier;

/**
 * Another fault's answer with another HTTP status: faults of the Organization Service have 500, but who knows.
 *
 * @param status HTTP status
 * @param fault whose answer it is
 */
public record WithStatus(int status, Fault fault) implements Fault {
    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return fault.strike(question, proper).withStatus(status);
    }

    @Override
    public boolean spared(Answer answer) {
        return fault.spared(answer);
    }

    @Override
    public boolean concerns(Question question) {
        return fault.concerns(question);
    }
}
