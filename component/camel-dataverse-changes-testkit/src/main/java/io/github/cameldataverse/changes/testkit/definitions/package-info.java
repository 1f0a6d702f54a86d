/** Table definitions: EntityDefinitions, $metadata, service document, organization settings. Knows {@code model}, {@code switches}, {@code wire} and {@code json}. */
@NullMarked
package io.github.cameldataverse.changes.testkit.definitions;

import org.jspecify.annotations.NullMarked;
