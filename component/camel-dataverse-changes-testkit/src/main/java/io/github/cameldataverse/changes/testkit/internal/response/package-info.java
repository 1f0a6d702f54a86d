/** TODO. */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.response;

import org.jspecify.annotations.NullMarked;
