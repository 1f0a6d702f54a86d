/** Reads changes by OData delta links of the Dataverse Web API. */
@NullMarked
package io.github.cameldataverse.changes.internal.webapi;

import org.jspecify.annotations.NullMarked;
