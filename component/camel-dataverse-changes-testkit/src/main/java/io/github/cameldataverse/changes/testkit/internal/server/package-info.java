/** TODO. */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.server;

import org.jspecify.annotations.NullMarked;
