/** Behaviour that the platform does not document, as switches. Imports {@code internal.argument} only. */
@NullMarked
package io.github.cameldataverse.changes.testkit.switches;

import org.jspecify.annotations.NullMarked;
