/** Checks the options of an endpoint and turns them into one immutable subscription. */
@NullMarked
package io.github.cameldataverse.changes.internal.subscription;

import org.jspecify.annotations.NullMarked;
