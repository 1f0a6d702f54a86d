/** Delta tokens, known ids and plain keys in files of one directory. */
@NullMarked
package io.github.cameldataverse.changes.token.file;

import org.jspecify.annotations.NullMarked;
