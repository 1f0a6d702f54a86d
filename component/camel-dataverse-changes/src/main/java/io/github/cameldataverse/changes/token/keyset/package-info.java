/** Delta tokens in any idempotent repository of Camel's, as a set of short keys. */
@NullMarked
package io.github.cameldataverse.changes.token.keyset;

import org.jspecify.annotations.NullMarked;
