/**
 * What stands beside the example application inside Camel, in dev mode and in tests: a receiver of its queue, and in dev mode
 * a line in the log that says what has arrived. Nothing of this package reaches a production package.
 */
@NullMarked
package io.github.cameldataverse.changes.example.neighbours.runtime;

import org.jspecify.annotations.NullMarked;
