/** Behaviour that the platform does not document, as switches. Imports no other package of the testkit. */
@NullMarked
package io.github.cameldataverse.changes.testkit.switches;

import org.jspecify.annotations.NullMarked;
