/** What can go wrong between a client and the service, one small class each. Knows {@code wire} and {@code xml} only. */
@NullMarked
package io.github.cameldataverse.changes.testkit.faults;

import org.jspecify.annotations.NullMarked;
