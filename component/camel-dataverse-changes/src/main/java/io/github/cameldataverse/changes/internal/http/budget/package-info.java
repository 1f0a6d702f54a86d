/** Lets the readers of an organization take turns, within the limits of service protection. */
@NullMarked
package io.github.cameldataverse.changes.internal.http.budget;

import org.jspecify.annotations.NullMarked;
