package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Body;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.function.Supplier;

/** 200 and no body. */
public record EmptyBody() implements Fault {
    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return Answer.json(200, Body.NONE);
    }
}
