/**
 * Errors and refusals in the formats of both services. May import {@code http}, {@code internal.xml} and {@code internal.json}.
 */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.response;

import org.jspecify.annotations.NullMarked;
