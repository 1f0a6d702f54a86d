/** JSON as bytes: quoting, and a sink that a page of thousands of rows is written into without copying it again. Knows nobody. */
@NullMarked
package io.github.cameldataverse.changes.testkit.json;

import org.jspecify.annotations.NullMarked;
