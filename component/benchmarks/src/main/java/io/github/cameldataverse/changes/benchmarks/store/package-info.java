/** What stands behind a reader: where its tokens are kept, and where its rows go. */
@NullMarked
package io.github.cameldataverse.changes.benchmarks.store;

import org.jspecify.annotations.NullMarked;
