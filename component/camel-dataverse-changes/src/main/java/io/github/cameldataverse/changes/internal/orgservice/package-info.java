/** Reads changes by the message RetrieveEntityChanges of the Organization Service. */
@NullMarked
package io.github.cameldataverse.changes.internal.orgservice;

import org.jspecify.annotations.NullMarked;
