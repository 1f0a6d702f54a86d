package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.function.Supplier;

/** 204 and no body. */
public record NoContent204() implements Fault {
    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return Answer.status(204).header("OData-Version", "4.0");
    }
}
