/**
 * Reads the changes of a table by the SOAP message RetrieveEntityChanges and gives them as pages, with the rows that the Web
 * API would give. Knows {@code source}, {@code http}, {@code change} and {@code token}.
 */
@NullMarked
package io.github.cameldataverse.changes.orgservice;

import org.jspecify.annotations.NullMarked;
