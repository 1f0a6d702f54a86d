/** What the token repositories of this component share: the steps that they do to a disk, and a bounded set of keys. */
@NullMarked
package io.github.cameldataverse.changes.internal.store;

import org.jspecify.annotations.NullMarked;
