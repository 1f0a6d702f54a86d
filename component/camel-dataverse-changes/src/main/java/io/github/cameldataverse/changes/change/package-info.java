/** What the service says has changed: data only. */
@NullMarked
package io.github.cameldataverse.changes.change;

import org.jspecify.annotations.NullMarked;
