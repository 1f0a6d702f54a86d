/** What the platform does not document, made switchable. Knows nobody. */
@NullMarked
package io.github.cameldataverse.changes.testkit.switches;

import org.jspecify.annotations.NullMarked;
