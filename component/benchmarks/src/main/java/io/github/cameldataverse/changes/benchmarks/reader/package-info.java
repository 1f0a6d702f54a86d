/** The readers that are compared, and the process in which each runs. */
@NullMarked
package io.github.cameldataverse.changes.benchmarks.reader;

import org.jspecify.annotations.NullMarked;
