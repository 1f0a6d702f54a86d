/** TODO. */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.tracking;

import org.jspecify.annotations.NullMarked;
