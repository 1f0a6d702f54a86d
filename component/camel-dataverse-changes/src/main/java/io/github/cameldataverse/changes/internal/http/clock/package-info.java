/** What time it is at the organization. */
@NullMarked
package io.github.cameldataverse.changes.internal.http.clock;

import org.jspecify.annotations.NullMarked;
