/** A page as the Web API writes it, in JSON: from its bytes to its changes. */
@NullMarked
package io.github.cameldataverse.changes.internal.webapi.page;

import org.jspecify.annotations.NullMarked;
