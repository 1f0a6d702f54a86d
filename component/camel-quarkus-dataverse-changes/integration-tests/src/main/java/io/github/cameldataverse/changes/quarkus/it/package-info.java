/** An application that names beans and exceptions the way a route in YAML or a property does. */
@NullMarked
package io.github.cameldataverse.changes.quarkus.it;

import org.jspecify.annotations.NullMarked;
