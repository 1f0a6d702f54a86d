package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.Refusal;
import java.util.function.Supplier;

/**
 * The service refuses with any status, code and message.
 *
 * @param status HTTP status
 * @param code of the error
 * @param message of the error
 */
public record Refused(int status, String code, String message) implements Fault {
    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return new Refusal(status, code, message).to(question);
    }
}
