package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Service protection refuses the request: 429.
 *
 * @param retryAfter the value of the header, if there is one
 * @param code which of the three limits was exceeded
 */
public record Throttled(Optional<String> retryAfter, String code) implements Fault {
    public Throttled {
        Argument.given("Throttled.retryAfter", retryAfter);
        Argument.given("Throttled.code", code);
    }

    /** Too many requests; try again after so many seconds. */
    public Throttled(int seconds) {
        this(Optional.of(inSeconds(seconds)), ErrorCodes.TOO_MANY_REQUESTS);
    }

    /** Too many requests; try again at this time, which the header states as an HTTP date. */
    public static Throttled until(Instant moment) {
        Argument.given("Throttled.until", moment);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(moment.atOffset(ZoneOffset.UTC));
        return new Throttled(Optional.of(date), ErrorCodes.TOO_MANY_REQUESTS);
    }

    /** Too many requests, without a {@code Retry-After}. */
    public static Throttled withoutRetryAfter() {
        return new Throttled(Optional.empty(), ErrorCodes.TOO_MANY_REQUESTS);
    }

    /** Too many requests, with any text as {@code Retry-After}. */
    public static Throttled retryAfter(String text) {
        Argument.given("Throttled.retryAfter", text);
        return new Throttled(Optional.of(text), ErrorCodes.TOO_MANY_REQUESTS);
    }

    /** With another of the platform's codes. */
    public Throttled code(String other) {
        return new Throttled(retryAfter, other);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return new ServiceRefusal(429, code, message(), retryAfter).to(request);
    }

    /** A header that is no number of seconds is for {@link #retryAfter(String)}. */
    private static String inSeconds(int seconds) {
        Argument.atLeast("Throttled.seconds", seconds, 0);
        return Integer.toString(seconds);
    }

    private String message() {
        return switch (code) {
            case ErrorCodes.TOO_MUCH_TIME ->
                "Combined execution time of incoming requests exceeded limit of 1,200,000 milliseconds over time window of"
                        + " 300 seconds. Decrease number of concurrent requests or reduce the duration of requests and"
                        + " try again later.";
            case ErrorCodes.TOO_MANY_AT_ONCE -> "Number of concurrent requests exceeded the limit of 52.";
            default -> "Number of requests exceeded the limit of 6000 over time window of 300 seconds.";
        };
    }
}
