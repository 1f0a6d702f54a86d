/**
 * Entity sets, counts and rows in the format of the Web API. May import {@code internal.tracking} and what that may import,
 * and {@code internal.json}.
 */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.odata;

import org.jspecify.annotations.NullMarked;
