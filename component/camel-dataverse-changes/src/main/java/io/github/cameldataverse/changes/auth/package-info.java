/** Where access tokens come from. Knows no other room. */
@NullMarked
package io.github.cameldataverse.changes.auth;

import org.jspecify.annotations.NullMarked;
