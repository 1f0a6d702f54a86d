/** Decides where a subscription stands, and moves it on. Only this package advances a token repository. */
@NullMarked
package io.github.cameldataverse.changes.internal.checkpoint;

import org.jspecify.annotations.NullMarked;
