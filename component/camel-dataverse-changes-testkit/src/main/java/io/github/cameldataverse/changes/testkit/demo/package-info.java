/** A lively organization to try things on, and the program that serves it. Knows the lobby only. */
@NullMarked
package io.github.cameldataverse.changes.testkit.demo;

import org.jspecify.annotations.NullMarked;
