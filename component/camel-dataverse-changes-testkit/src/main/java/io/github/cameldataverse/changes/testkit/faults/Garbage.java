package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.Rupture;
import java.util.function.Supplier;

/** What arrives is no HTTP. */
public record Garbage() implements Fault {
    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return Answer.rupture(Rupture.GARBAGE);
    }
}
