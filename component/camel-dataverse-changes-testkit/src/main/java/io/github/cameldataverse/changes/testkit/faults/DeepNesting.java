package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.Soap;
import java.util.function.Supplier;

/**
 * The envelope holds elements nested so deeply that a reader that calls itself for each has no stack left. Strikes
 * requests to the Organization Service only.
 *
 * @param depth how deeply
 */
public record DeepNesting(int depth) implements Fault {
    /** Deeper than any stack of usual size. */
    public DeepNesting() {
        this(100_000);
    }

    @Override
    public boolean concerns(Question question) {
        return Soap.isMeantBy(question);
    }

    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        String nested = "<deep>".repeat(depth) + "</deep>".repeat(depth);
        return Envelopes.edit(proper.get(), envelope -> Envelopes.with(envelope, "ResponseName", nested));
    }
}
