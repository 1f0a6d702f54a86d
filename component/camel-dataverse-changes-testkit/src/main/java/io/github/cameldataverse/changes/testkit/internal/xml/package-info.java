/** TODO. */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.xml;

import org.jspecify.annotations.NullMarked;
