/**
 * The definitions of the Web API: EntityDefinitions, $metadata, the service document, the settings of the organization. May
 * import {@code internal.organization}, {@code internal.response} and API packages.
 */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.definition;

import org.jspecify.annotations.NullMarked;
