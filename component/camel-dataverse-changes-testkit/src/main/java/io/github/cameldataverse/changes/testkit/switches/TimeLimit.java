package io.github.cameldataverse.changes.testkit.switches;

import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import java.time.Duration;

/**
 * Service protection: the execution time of all requests in a sliding window; requests that exceed it get 429. The platform
 * has 20 minutes in 300 s.
 *
 * @param execution time of all requests
 * @param window by the clock of the simulator
 */
public record TimeLimit(Duration execution, Duration window) {
    public TimeLimit {
        Argument.positive("TimeLimit.execution", execution);
        Argument.positive("TimeLimit.window", window);
    }
}
