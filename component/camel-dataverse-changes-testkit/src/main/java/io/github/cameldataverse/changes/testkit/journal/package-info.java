/** The memory of an organization over restarts: every entry in a file before it happens. Knows {@code model} and {@code json}. */
@NullMarked
package io.github.cameldataverse.changes.testkit.journal;

import org.jspecify.annotations.NullMarked;
