/** The definitions of tables and columns. Imports no other package of the testkit. */
@NullMarked
package io.github.cameldataverse.changes.testkit.table;

import org.jspecify.annotations.NullMarked;
