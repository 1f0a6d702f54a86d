/** Carries requests to one organization and to no other server. */
@NullMarked
package io.github.cameldataverse.changes.internal.http;

import org.jspecify.annotations.NullMarked;
