/** The authority: gives out access tokens and knows which are accepted. Knows {@code wire} and {@code switches}. */
@NullMarked
package io.github.cameldataverse.changes.testkit.entra;

import org.jspecify.annotations.NullMarked;
