/**
 * The Organization Service: the changes of {@code internal.tracking} in SOAP 1.1. May import that package and what it may import,
 * {@code internal.definition}, {@code internal.xml} and {@code internal.json}.
 */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.soap;

import org.jspecify.annotations.NullMarked;
