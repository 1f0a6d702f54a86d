/**
 * What the organization says of its tables and of itself: which tables are tracked, and for how long. Knows
 * {@code webapi}, for its faults, and {@code http}.
 */
@NullMarked
package io.github.cameldataverse.changes.metadata;

import org.jspecify.annotations.NullMarked;
