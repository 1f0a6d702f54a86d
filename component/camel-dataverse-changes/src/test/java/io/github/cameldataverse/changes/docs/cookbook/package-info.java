/** The recipes that docs/cookbook.md shows. */
@NullMarked
package io.github.cameldataverse.changes.docs.cookbook;

import org.jspecify.annotations.NullMarked;
