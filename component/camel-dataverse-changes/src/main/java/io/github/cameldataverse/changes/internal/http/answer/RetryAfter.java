package io.github.cameldataverse.changes.internal.http.answer;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
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
     * @param cap longest wait believed; a longer one is cut to it
     */
    public static Instant until(Optional<String> header, Instant now, Duration cap) {
        Duration wait = header.flatMap(text -> parse(text.strip(), now)).orElse(UNSAID);
        return now.plus(wait.isNegative() ? Duration.ZERO : wait.compareTo(cap) > 0 ? cap : wait);
    }

    private static Optional<Duration> parse(String text, Instant now) {
        try {
            if (text.matches("\\d+")) {
                return Optional.of(seconds(text));
            }
            return Optional.of(text.startsWith("P") ? Duration.parse(text) : clockOrDate(text, now));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** More digits than a long has mean for ever, and the cap makes something sensible of it. */
    private static Duration seconds(String digits) {
        return Duration.ofSeconds(digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits));
    }

    private static Duration clockOrDate(String text, Instant now) {
        Matcher clock = CLOCK.matcher(text);
        return clock.matches()
                ? Duration.ofHours(Long.parseLong(clock.group(1)))
                        .plusMinutes(Long.parseLong(clock.group(2)))
                        .plusSeconds(Long.parseLong(clock.group(3)))
                : untilDate(text, now);
    }

    private static Duration untilDate(String text, Instant now) {
        return Duration.between(
                now,
                ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    }
}
