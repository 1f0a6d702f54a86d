/** The check of what a test passes to the simulator. Imports no other package of the testkit. */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.argument;

import org.jspecify.annotations.NullMarked;
