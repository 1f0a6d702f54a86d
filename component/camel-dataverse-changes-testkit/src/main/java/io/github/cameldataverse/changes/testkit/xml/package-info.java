/** XML as bytes and back: the namespaces of the Organization Service, a writer, a strict reader. Knows {@code json} only. */
@NullMarked
package io.github.cameldataverse.changes.testkit.xml;

import org.jspecify.annotations.NullMarked;
