/** Delta tokens and known ids in memory. */
@NullMarked
package io.github.cameldataverse.changes.token.memory;

import org.jspecify.annotations.NullMarked;
