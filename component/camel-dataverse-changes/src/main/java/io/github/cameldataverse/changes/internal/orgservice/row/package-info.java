/** Writes the entities of the Organization Service as rows of the Web API. */
@NullMarked
package io.github.cameldataverse.changes.internal.orgservice.row;

import org.jspecify.annotations.NullMarked;
