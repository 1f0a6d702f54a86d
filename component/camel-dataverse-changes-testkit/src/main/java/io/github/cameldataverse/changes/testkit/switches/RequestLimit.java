package io.github.cameldataverse.changes.testkit.switches;

import java.time.Duration;

/**
 * Service protection: how many requests are answered in a sliding window; the rest get 429. The platform has 6,000
 * in 300 s.
 *
 * @param requests in one window
 * @param window by the simulator's clock
 */
public record RequestLimit(int requests, Duration window) {}
