package io.github.cameldataverse.changes.testkit.switches;

import java.time.Duration;

/**
 * Service protection: how much time requests may take together in a sliding window; what comes then gets 429. The platform
 * has 20 minutes in 300 s.
 *
 * @param execution time of all requests together
 * @param window by the simulator's clock
 */
public record TimeLimit(Duration execution, Duration window) {}
