/** The ways of signing in that the component brings: providers of access tokens, through MSAL4J. */
@NullMarked
package io.github.cameldataverse.changes.internal.signin;

import org.jspecify.annotations.NullMarked;
