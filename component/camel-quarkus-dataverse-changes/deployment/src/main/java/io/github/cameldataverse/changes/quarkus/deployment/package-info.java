/** Build steps of the extension: what a native image needs, and the simulated organization as a Dev Service. */
@NullMarked
package io.github.cameldataverse.changes.quarkus.deployment;

import org.jspecify.annotations.NullMarked;
