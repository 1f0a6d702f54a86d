package io.github.cameldataverse.changes.testkit.switches;

import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import java.time.Duration;

/**
 * Service protection: the number of requests in a sliding window; those that exceed it get 429. The platform has 6,000 in
 * 300 s.
 *
 * @param requests in one window; with 0 every request is refused
 * @param window by the clock of the simulator
 */
public record RequestLimit(int requests, Duration window) {
    public RequestLimit {
        Argument.atLeast("RequestLimit.requests", requests, 0);
        Argument.positive("RequestLimit.window", window);
    }
}
