/** TODO. */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.json;

import org.jspecify.annotations.NullMarked;
