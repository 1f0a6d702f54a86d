/** Carries one request to the organization, and to nowhere else. Knows {@code auth}. */
@NullMarked
package io.github.cameldataverse.changes.http;

import org.jspecify.annotations.NullMarked;
