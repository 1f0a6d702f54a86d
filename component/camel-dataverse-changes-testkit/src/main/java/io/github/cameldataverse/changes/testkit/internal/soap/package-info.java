/** TODO. */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.soap;

import org.jspecify.annotations.NullMarked;
