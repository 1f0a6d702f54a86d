/** Reads and writes the XML of the Organization Service. */
@NullMarked
package io.github.cameldataverse.changes.internal.orgservice.xml;

import org.jspecify.annotations.NullMarked;
