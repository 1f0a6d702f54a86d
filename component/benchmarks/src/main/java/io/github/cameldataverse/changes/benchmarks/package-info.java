/** Benchmarks: what readers of Dataverse cost, side by side. */
@NullMarked
package io.github.cameldataverse.changes.benchmarks;

import org.jspecify.annotations.NullMarked;
