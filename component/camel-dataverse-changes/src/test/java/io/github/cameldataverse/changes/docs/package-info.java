/** Keeps the pages in {@code docs/} true: what they show is generated, compiled and run here. */
@NullMarked
package io.github.cameldataverse.changes.docs;

import org.jspecify.annotations.NullMarked;
