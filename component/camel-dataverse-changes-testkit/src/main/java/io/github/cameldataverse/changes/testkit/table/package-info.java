/** TODO. */
@NullMarked
package io.github.cameldataverse.changes.testkit.table;

import org.jspecify.annotations.NullMarked;
