/** How long a token repository lives: from its first user in this process to its last. */
@NullMarked
package io.github.cameldataverse.changes.internal.repository;

import org.jspecify.annotations.NullMarked;
