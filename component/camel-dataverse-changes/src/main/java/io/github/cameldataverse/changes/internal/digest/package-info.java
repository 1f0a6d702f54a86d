/** Hashes that name things, and checksums that show damage. Knows no other package. */
@NullMarked
package io.github.cameldataverse.changes.internal.digest;

import org.jspecify.annotations.NullMarked;
