/** The words that options take. Imports nothing. */
@NullMarked
package io.github.cameldataverse.changes.option;

import org.jspecify.annotations.NullMarked;
