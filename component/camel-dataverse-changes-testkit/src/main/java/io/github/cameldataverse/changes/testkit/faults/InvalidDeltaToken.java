package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Codes;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.Refusal;
import java.util.function.Supplier;

/**
 * The delta token cannot be read.
 *
 * @param code what the platform says is not documented: 0x80040203 or 0x80060888
 */
public record InvalidDeltaToken(String code) implements Fault {
    /** With the code 0x80040203. */
    public InvalidDeltaToken() {
        this(Codes.INVALID_ARGUMENT);
    }

    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return new Refusal(400, code, "Invalid argument.").to(question);
    }
}
