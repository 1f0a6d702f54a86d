/**
 * Reads the changes of a table by OData delta links and gives them as pages. Knows {@code source}, {@code http},
 * {@code change} and {@code token}.
 */
@NullMarked
package io.github.cameldataverse.changes.webapi;

import org.jspecify.annotations.NullMarked;
