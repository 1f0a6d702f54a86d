/** Where access tokens come from: implement {@code AccessTokenProvider} for a way of signing in of your own. */
@NullMarked
package io.github.cameldataverse.changes.auth;

import org.jspecify.annotations.NullMarked;
