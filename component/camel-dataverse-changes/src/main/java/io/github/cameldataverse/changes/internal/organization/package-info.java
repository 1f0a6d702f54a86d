/** The connection to one organization: HTTP client, access tokens, metadata and the source of changes. */
@NullMarked
package io.github.cameldataverse.changes.internal.organization;

import org.jspecify.annotations.NullMarked;
