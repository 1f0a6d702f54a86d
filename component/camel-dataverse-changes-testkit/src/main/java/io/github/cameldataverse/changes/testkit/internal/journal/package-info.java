/** TODO. */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.journal;

import org.jspecify.annotations.NullMarked;
