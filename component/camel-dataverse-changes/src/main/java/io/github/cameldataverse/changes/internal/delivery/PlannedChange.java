package io.github.cameldataverse.changes.internal.delivery;

import io.github.cameldataverse.changes.change.Change;

/**
 * A change that is to be delivered.
 *
 * @param change the change
 * @param history what is to be remembered of its record once the change is accepted
 */
public record PlannedChange(Change change, String history) {}
