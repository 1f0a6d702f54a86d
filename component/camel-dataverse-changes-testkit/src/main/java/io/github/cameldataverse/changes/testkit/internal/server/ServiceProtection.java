package io.github.cameldataverse.changes.testkit.internal.server;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusal;
import io.github.cameldataverse.changes.testkit.switches.RequestLimit;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.switches.TimeLimit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The service protection limits of both services together: the number of requests and their execution time in a sliding
 * window, and the number of concurrent requests. A request that exceeds one is refused with 429; responses state what
 * remains. Thread-safe.
 */
public final class ServiceProtection {
    private static final String REMAINING = "x-ms-ratelimit-%s-remaining-xrm-requests";
    /** The wait that is asked for after too many concurrent requests; the platform does not document it. */
    private static final Duration CONCURRENT_WAIT = Duration.ofSeconds(1);

    private final Switches switches;
    private final Clock clock;
    private final SlidingWindow requests = new SlidingWindow();
    private final SlidingWindow millis = new SlidingWindow();
    private int concurrent;
    private int refusals;

    public ServiceProtection(Switches switches, Clock clock) {
        this.switches = switches;
        this.clock = clock;
    }

    /** The proper response, or the refusal in the format of the service. A refused request is not counted. */
    ServiceResponse respond(Function<ServiceRefusal, ServiceResponse> refusalFormat, Supplier<ServiceResponse> proper) {
        Instant begin = clock.instant();
        Optional<ServiceRefusal> refusal = begin(begin);
        if (refusal.isPresent()) {
            return remaining(refusalFormat.apply(refusal.get()), begin);
        }
        ServiceResponse response;
        try {
            response = proper.get();
        } finally {
            end(begin);
        }
        return remaining(response, clock.instant());
    }

    /** How many requests were refused. */
    public synchronized int refusals() {
        return refusals;
    }

    /** Sets the number of refusals to 0. */
    public synchronized void resetCount() {
        refusals = 0;
    }

    private synchronized Optional<ServiceRefusal> begin(Instant now) {
        Optional<ServiceRefusal> refusal = tooMany(now).or(() -> tooLong(now)).or(this::tooManyAtOnce);
        if (refusal.isPresent()) {
            refusals++;
        } else {
            switches.get(Switch.REQUEST_LIMIT)
                    .ifPresent(limit -> requests.of(limit).add(now, 1));
            concurrent++;
        }
        return refusal;
    }

    private synchronized void end(Instant begin) {
        concurrent--;
        Instant now = clock.instant();
        long taken = Math.max(0, Duration.between(begin, now).toMillis());
        switches.get(Switch.TIME_LIMIT).ifPresent(limit -> millis.of(limit).add(now, taken));
    }

    private Optional<ServiceRefusal> tooMany(Instant now) {
        return switches.get(Switch.REQUEST_LIMIT)
                .filter(limit -> requests.of(limit).within(limit.window(), now) >= limit.requests())
                .map(limit -> refused(
                        ErrorCodes.TOO_MANY_REQUESTS,
                        "Number of requests exceeded the limit of " + limit.requests() + " over time window of "
                                + limit.window().toSeconds() + " seconds.",
                        requests.of(limit).untilBelow(limit.requests(), limit.window(), now)));
    }

    private Optional<ServiceRefusal> tooLong(Instant now) {
        return switches.get(Switch.TIME_LIMIT)
                .filter(limit -> millis.of(limit).within(limit.window(), now)
                        >= limit.execution().toMillis())
                .map(limit -> refused(
                        ErrorCodes.TOO_MUCH_TIME,
                        String.format(
                                Locale.ROOT,
                                "Combined execution time of incoming requests exceeded limit of %,d milliseconds over time"
                                        + " window of %d seconds. Decrease number of concurrent requests or reduce the"
                                        + " duration of requests and try again later.",
                                limit.execution().toMillis(),
                                limit.window().toSeconds()),
                        millis.of(limit).untilBelow(limit.execution().toMillis(), limit.window(), now)));
    }

    private Optional<ServiceRefusal> tooManyAtOnce() {
        return switches.get(Switch.CONCURRENT_LIMIT)
                .filter(limit -> concurrent >= limit)
                .map(limit -> refused(
                        ErrorCodes.TOO_MANY_AT_ONCE,
                        "Number of concurrent requests exceeded the limit of " + limit + ".",
                        CONCURRENT_WAIT));
    }

    private static ServiceRefusal refused(String code, String message, Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new ServiceRefusal(429, code, message, Optional.of(Long.toString(seconds)));
    }

    private synchronized ServiceResponse remaining(ServiceResponse response, Instant now) {
        if (!switches.get(Switch.LIMITS_TOLD)) {
            return response;
        }
        Optional<RequestLimit> requestLimit = switches.get(Switch.REQUEST_LIMIT);
        Optional<TimeLimit> timeLimit = switches.get(Switch.TIME_LIMIT);
        ServiceResponse counted = requestLimit
                .map(limit -> response.header(
                        REMAINING.formatted("burst"),
                        Long.toString(Math.max(
                                0, limit.requests() - requests.of(limit).within(limit.window(), now)))))
                .orElse(response);
        return timeLimit
                .map(limit -> counted.header(REMAINING.formatted("time"), seconds(limit, now)))
                .orElse(counted);
    }

    /** Seconds, as {@code 1,199.94}; the platform documents no unit. */
    private String seconds(TimeLimit limit, Instant now) {
        long left = Math.max(0, limit.execution().toMillis() - millis.of(limit).within(limit.window(), now));
        return String.format(Locale.ROOT, "%,.2f", left / 1000.0);
    }
}
