/** JSON as text and bytes. May import {@code http}. */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.json;

import org.jspecify.annotations.NullMarked;
