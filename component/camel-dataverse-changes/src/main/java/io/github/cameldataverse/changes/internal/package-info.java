/** What is not for users: everything below may change in any version. */
@NullMarked
package io.github.cameldataverse.changes.internal;

import org.jspecify.annotations.NullMarked;
