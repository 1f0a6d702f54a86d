/** The Camel beans of the component: they speak to Camel, and hand everything else to {@code internal}. */
@NullMarked
package io.github.cameldataverse.changes;

import org.jspecify.annotations.NullMarked;
