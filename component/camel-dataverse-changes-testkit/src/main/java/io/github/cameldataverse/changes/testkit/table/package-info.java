/** The definitions of tables and columns. Imports {@code internal.argument} only. */
@NullMarked
package io.github.cameldataverse.changes.testkit.table;

import org.jspecify.annotations.NullMarked;
