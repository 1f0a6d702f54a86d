/** What the service says has changed: data only. Knows no other room. */
@NullMarked
package io.github.cameldataverse.changes.change;

import org.jspecify.annotations.NullMarked;
