/** Delta tokens as short keys in any of Camel's idempotent repositories. */
@NullMarked
package io.github.cameldataverse.changes.internal.keyset;

import org.jspecify.annotations.NullMarked;
