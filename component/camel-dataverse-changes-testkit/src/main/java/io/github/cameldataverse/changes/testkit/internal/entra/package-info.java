/** The endpoints that issue access tokens, and the tokens they have issued. May import API packages only. */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.entra;

import org.jspecify.annotations.NullMarked;
