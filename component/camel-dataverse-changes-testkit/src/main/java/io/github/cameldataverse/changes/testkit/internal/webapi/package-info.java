/** TODO. */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.webapi;

import org.jspecify.annotations.NullMarked;
