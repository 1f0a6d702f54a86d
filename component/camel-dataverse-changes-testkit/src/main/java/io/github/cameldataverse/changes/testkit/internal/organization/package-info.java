/**
 * The state of an organization: tables, rows, tombstones and their row versions. May import {@code table} and
 * {@code internal.json}.
 */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.organization;

import org.jspecify.annotations.NullMarked;
