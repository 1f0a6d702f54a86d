/** The server: WireMock in front, one small class per endpoint behind. Knows every room except the lobby. */
@NullMarked
package io.github.cameldataverse.changes.testkit.http;

import org.jspecify.annotations.NullMarked;
