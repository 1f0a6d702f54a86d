/** Makes Camel exchanges of changes: bodies and headers. */
@NullMarked
package io.github.cameldataverse.changes.internal.exchange;

import org.jspecify.annotations.NullMarked;
