package io.github.cameldataverse.changes.internal.source;

import java.time.Duration;

/**
 * What a source of changes accepts from the service.
 *
 * @param maxRowBytes longest row
 * @param maxPageBytes longest sum of the rows of a page
 * @param maxRetryAfter longest wait that a Retry-After is believed
 */
public record PageLimits(int maxRowBytes, int maxPageBytes, Duration maxRetryAfter) {}
