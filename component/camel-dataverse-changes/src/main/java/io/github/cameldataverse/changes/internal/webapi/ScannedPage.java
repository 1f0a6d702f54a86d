package io.github.cameldataverse.changes.internal.webapi;

import io.github.cameldataverse.changes.change.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body scanned to its closing brace.
 *
 * @param changes its rows and tombstones
 * @param hasValue whether it has a member {@code value} at all
 * @param nextLink as served; null if there is none
 * @param deltaLink as served; null if there is none
 * @param hasError whether it carries an error instead, which a gateway may send with status 200
 */
record ScannedPage(
        List<Change> changes,
        boolean hasValue,
        @Nullable String nextLink,
        @Nullable String deltaLink,
        boolean hasError) {}
