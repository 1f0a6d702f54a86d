/** Change tracking: tracked loads, deltas, tokens, counts. Knows {@code model}, {@code switches}, {@code wire} and {@code json}. */
@NullMarked
package io.github.cameldataverse.changes.testkit.feed;

import org.jspecify.annotations.NullMarked;
