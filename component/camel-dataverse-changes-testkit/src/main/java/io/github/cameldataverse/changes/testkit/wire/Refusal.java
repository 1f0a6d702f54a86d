package io.github.cameldataverse.changes.testkit.wire;

import java.time.Duration;
import java.util.Optional;

/**
 * The service says no, in the words of the way it was asked: an error of the Web API with this status, or a fault of the
 * Organization Service.
 *
 * @param status HTTP status of the Web API
 * @param code as the Web API writes it
 * @param message to the caller
 * @param retryAfter when to ask again, if that is said: seconds, or whatever else
 */
public record Refusal(int status, String code, String message, Optional<String> retryAfter) {
    public Refusal(int status, String code, String message) {
        this(status, code, message, Optional.empty());
    }

    /** The answer to this question. */
    public Answer to(Question question) {
        return Soap.isMeantBy(question) ? fault().answer() : error();
    }

    /** As the Organization Service puts it, where seconds become a duration. */
    public SoapFault fault() {
        return new SoapFault(code, message, retryAfter.map(Refusal::duration));
    }

    /** As the Web API puts it to whom asked for annotations. */
    Answer annotated() {
        return timed(ErrorEnvelope.annotated(status, code, message));
    }

    private Answer error() {
        return timed(ErrorEnvelope.answer(status, code, message));
    }

    private Answer timed(Answer answer) {
        return retryAfter.map(text -> answer.header("Retry-After", text)).orElse(answer);
    }

    private static String duration(String text) {
        return text.matches("\\d{1,9}")
                ? Duration.ofSeconds(Long.parseLong(text)).toString()
                : text;
    }
}
