/** Delivers the changes of a page to the route, one exchange at a time. */
@NullMarked
package io.github.cameldataverse.changes.internal.delivery;

import org.jspecify.annotations.NullMarked;
