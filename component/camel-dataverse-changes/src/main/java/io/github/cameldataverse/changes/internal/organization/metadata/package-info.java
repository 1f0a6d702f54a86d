/** Asks an organization for what it tells of itself and of its tables. */
@NullMarked
package io.github.cameldataverse.changes.internal.organization.metadata;

import org.jspecify.annotations.NullMarked;
