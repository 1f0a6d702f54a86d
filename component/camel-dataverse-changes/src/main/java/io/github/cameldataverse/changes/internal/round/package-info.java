/** Reads the round in hand, page by page: ask for a page, deliver it, commit it. */
@NullMarked
package io.github.cameldataverse.changes.internal.round;

import org.jspecify.annotations.NullMarked;
