/**
 * Takes the changes of a page to the route, one exchange at a time, and notes each one that was accepted. Knows
 * {@code change}.
 */
@NullMarked
package io.github.cameldataverse.changes.delivery;

import org.jspecify.annotations.NullMarked;
