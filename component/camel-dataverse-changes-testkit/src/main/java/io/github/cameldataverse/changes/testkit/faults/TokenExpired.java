package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Codes;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.Refusal;
import java.util.function.Supplier;

/**
 * The delta token is too old: 0x80044352.
 *
 * @param status its HTTP status is not documented: 400, 410 or 500
 */
public record TokenExpired(int status) implements Fault {
    /** With status 400. */
    public TokenExpired() {
        this(400);
    }

    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return new Refusal(
                        status,
                        Codes.EXPIRED_VERSION_STAMP,
                        "Version stamp associated with the client has expired. Please perform a full sync.")
                .to(question);
    }
}
