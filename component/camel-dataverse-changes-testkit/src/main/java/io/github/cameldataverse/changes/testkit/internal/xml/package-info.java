/** XML with the namespaces of the Organization Service: a writer and a strict reader. May import {@code internal.json}. */
@NullMarked
package io.github.cameldataverse.changes.testkit.internal.xml;

import org.jspecify.annotations.NullMarked;
