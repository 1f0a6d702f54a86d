/** TODO. */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.definition;

import org.jspecify.annotations.NullMarked;
