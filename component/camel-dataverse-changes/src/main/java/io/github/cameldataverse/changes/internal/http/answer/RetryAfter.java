package io.github.cameldataverse.changes.internal.http.answer;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the header {@code Retry-After}: seconds, or a date (RFC 9110, 10.2.3). Inside a fault of the Organization Service
 * the same name stands for a duration, {@code PT5M0S}; a clock's {@code 00:05:00} is how .NET prints one.
 */
public final class RetryAfter {

    private static final Duration UNSAID = Duration.ofSeconds(5);
    private static final Pattern CLOCK = Pattern.compile("(\\d{1,2}):(\\d{2}):(\\d{2})(?:\\.\\d+)?");

    private RetryAfter() {}

    /**
     * When the next request may be made.
     *
     * @param now when the answer came
     * @param there the same by the clock of its writer, by which a date is meant
     * @param cap longest wait believed; a longer one is cut to it
     */
    public static Instant until(Optional<String> header, Instant now, Instant there, Duration cap) {
        Duration wait = header.flatMap(text -> parse(text.strip(), there)).orElse(UNSAID);
        return now.plus(wait.isNegative() ? Duration.ZERO : wait.compareTo(cap) > 0 ? cap : wait);
    }

    private static Optional<Duration> parse(String text, Instant there) {
        try {
            if (text.matches("\\d+")) {
                return Optional.of(seconds(text));
            }
            return text.startsWith("P") ? Optional.of(Duration.parse(text)) : clockOrDate(text, there);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** More digits than a long has mean for ever, and the cap makes something sensible of it. */
    private static Duration seconds(String digits) {
        return Duration.ofSeconds(digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits));
    }

    private static Optional<Duration> clockOrDate(String text, Instant there) {
        Matcher clock = CLOCK.matcher(text);
        return clock.matches()
                ? Optional.of(Duration.ofHours(Long.parseLong(clock.group(1)))
                        .plusMinutes(Long.parseLong(clock.group(2)))
                        .plusSeconds(Long.parseLong(clock.group(3))))
                : HttpDate.of(text).map(date -> Duration.between(there, date));
    }
}
