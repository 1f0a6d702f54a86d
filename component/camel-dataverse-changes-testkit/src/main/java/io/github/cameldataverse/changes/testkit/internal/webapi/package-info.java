/**
 * The Web API: passes a request to its endpoint by path and method. May import {@code internal.odata},
 * {@code internal.definition}, {@code internal.entra} and what those may import.
 */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.webapi;

import org.jspecify.annotations.NullMarked;
