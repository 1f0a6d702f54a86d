/** TODO. */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.odata;

import org.jspecify.annotations.NullMarked;
