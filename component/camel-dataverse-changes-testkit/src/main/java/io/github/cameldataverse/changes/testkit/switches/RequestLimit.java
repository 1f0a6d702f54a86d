package io.github.cameldataverse.changes.testkit.switches;

import java.time.Duration;

/**
 * Service protection: the number of requests in a sliding window; those that exceed it get 429. The platform has 6,000 in
 * 300 s.
 *
 * @param requests in one window
 * @param window by the clock of the simulator
 */
public record RequestLimit(int requests, Duration window) {}
