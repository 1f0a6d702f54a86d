/** TODO. */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.organization;

import org.jspecify.annotations.NullMarked;
