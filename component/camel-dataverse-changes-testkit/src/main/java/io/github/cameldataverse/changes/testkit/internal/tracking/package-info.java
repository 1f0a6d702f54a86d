/**
 * Change tracking, independent of the format of requests and responses: tokens, paging cookies, pages. May import
 * {@code internal.organization}, {@code internal.response} and API packages.
 */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.tracking;

import org.jspecify.annotations.NullMarked;
