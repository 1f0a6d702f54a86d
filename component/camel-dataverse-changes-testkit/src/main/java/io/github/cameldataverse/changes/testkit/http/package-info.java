/** HTTP requests and responses as a fault of one's own receives and returns them. Imports no other package of the testkit. */
@NullMarked
package io.github.cameldataverse.changes.testkit.http;

import org.jspecify.annotations.NullMarked;
