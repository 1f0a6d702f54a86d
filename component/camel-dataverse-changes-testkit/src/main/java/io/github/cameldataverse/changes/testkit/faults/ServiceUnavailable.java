package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.function.Supplier;

/**
 * A gateway answers in place of the service, in HTML.
 *
 * @param status 502, 503, 504, or 500
 */
public record ServiceUnavailable(int status) implements Fault {
    /** 503. */
    public ServiceUnavailable() {
        this(503);
    }

    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return Answer.text(
                status,
                "text/html",
                "<html><head><title>" + status
                        + "</title></head><body><h1>The service is unavailable.</h1></body></html>");
    }
}
