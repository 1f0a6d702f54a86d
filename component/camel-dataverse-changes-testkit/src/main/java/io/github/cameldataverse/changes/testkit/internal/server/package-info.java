/**
 * The HTTP server: WireMock, which no other package imports, and what happens to every request. May import every package
 * except the root package and {@code demo}.
 */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.server;

import org.jspecify.annotations.NullMarked;
