/** The page server, which no reader is to wait for. */
@NullMarked
package io.github.cameldataverse.changes.benchmarks.server;

import org.jspecify.annotations.NullMarked;
