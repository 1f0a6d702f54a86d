/** Checks from the command line what a reader needs, before a route is started. */
@NullMarked
package io.github.cameldataverse.changes.preflight;

import org.jspecify.annotations.NullMarked;
