/** Reads a round, page by page: ask for a page, plan, deliver and commit it. */
@NullMarked
package io.github.cameldataverse.changes.internal.round;

import org.jspecify.annotations.NullMarked;
