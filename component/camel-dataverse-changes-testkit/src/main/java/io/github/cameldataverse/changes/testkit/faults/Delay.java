package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Nothing arrives for a while, then everything.
 *
 * @param duration in real time
 */
public record Delay(Duration duration) implements Fault {
    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        Pause.of(duration);
        return proper.get();
    }
}
