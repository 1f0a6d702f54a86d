/** An application with few extensions. */
@NullMarked
package io.github.cameldataverse.changes.quarkus.newer;

import org.jspecify.annotations.NullMarked;
