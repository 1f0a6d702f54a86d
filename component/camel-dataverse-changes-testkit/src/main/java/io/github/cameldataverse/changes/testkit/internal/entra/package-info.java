/** TODO. */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.entra;

import org.jspecify.annotations.NullMarked;
