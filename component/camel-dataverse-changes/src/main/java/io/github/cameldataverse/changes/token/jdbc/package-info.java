/** Delta tokens, known ids and plain keys in tables of a database. */
@NullMarked
package io.github.cameldataverse.changes.token.jdbc;

import org.jspecify.annotations.NullMarked;
