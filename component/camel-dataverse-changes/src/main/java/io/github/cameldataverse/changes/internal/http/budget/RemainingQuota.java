package io.github.cameldataverse.changes.internal.http.budget;

import io.github.cameldataverse.changes.internal.http.answer.Answer;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is left of the service protection limits, as the last answer says (learn.microsoft.com, "Service protection API
 * limits"). The figures are those of one of the service's web servers, and the unit of the time is not documented; so they
 * may make the readers slower, and never faster. Not thread-safe.
 */
final class RemainingQuota {

    private static final String REQUESTS = "x-ms-ratelimit-burst-remaining-xrm-requests";
    private static final String TIME = "x-ms-ratelimit-time-remaining-xrm-requests";
    /** Share of the time limit below which one request at a time is enough. */
    private static final double LITTLE = 0.05;

    private double requests = Double.MAX_VALUE;
    private double time = Double.MAX_VALUE;
    private double mostTime;

    void read(Answer answer) {
        requests = figure(answer.header(REQUESTS)).orElse(Double.MAX_VALUE);
        OptionalDouble left = figure(answer.header(TIME));
        mostTime = Math.max(mostTime, left.orElse(0));
        time = left.orElse(Double.MAX_VALUE);
    }

    /** How many of so many requests may be under way. Never less than one: only an answer shows that the limit has risen. */
    int of(int width) {
        return time < LITTLE * mostTime ? 1 : (int) Math.max(1, Math.min(width, requests));
    }

    /** Whether the next request would be refused. */
    boolean isNothing() {
        return requests < 1 || time <= 0;
    }

    /** A number such as {@code 5999} or {@code 1,198.25}; nothing else is believed. */
    private static OptionalDouble figure(Optional<String> header) {
        String text = header.map(value -> value.strip().replace(",", "")).orElse("");
        return text.matches("\\d{1,15}(\\.\\d{1,9})?")
                ? OptionalDouble.of(Double.parseDouble(text))
                : OptionalDouble.empty();
    }
}
