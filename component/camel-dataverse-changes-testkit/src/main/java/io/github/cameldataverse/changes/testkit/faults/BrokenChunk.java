package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.Rupture;
import java.util.function.Supplier;

/** Status and headers arrive, then something that is no chunk of a body. */
public record BrokenChunk() implements Fault {
    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return Answer.rupture(Rupture.BROKEN_CHUNK);
    }
}
