/**
 * What a way of asking for changes gives, whichever way it is. Knows {@code http}, {@code change} and {@code token}.
 */
@NullMarked
package io.github.cameldataverse.changes.source;

import org.jspecify.annotations.NullMarked;
