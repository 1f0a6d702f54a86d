/** What the processes of a run say to each other. */
@NullMarked
package io.github.cameldataverse.changes.benchmarks.protocol;

import org.jspecify.annotations.NullMarked;
