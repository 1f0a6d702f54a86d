/** The organization: tables, rows, tombstones and the row versions they share. Knows {@code json} only. */
@NullMarked
package io.github.cameldataverse.changes.testkit.model;

import org.jspecify.annotations.NullMarked;
