package io.github.cameldataverse.changes.internal.orgservice;

import io.github.cameldataverse.changes.change.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer read to its end.
 *
 * @param changes its rows and tombstones
 * @param more whether the round goes on
 * @param cookie where it goes on; null if the service did not say
 * @param token where the next round starts; null if the service did not say
 */
record ServedPage(List<Change> changes, boolean more, @Nullable String cookie, @Nullable String token) {}
