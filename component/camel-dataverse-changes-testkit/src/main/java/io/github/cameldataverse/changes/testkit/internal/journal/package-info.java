/**
 * Keeps the events of an organization in a file, so that it survives a restart. May import {@code internal.organization},
 * {@code internal.json} and {@code table}.
 */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.journal;

import org.jspecify.annotations.NullMarked;
