/**
 * Faults between a client and the service, one small class each, and the class that injects them. May import {@code http},
 * {@code internal.argument}, {@code internal.response} and {@code internal.xml}.
 */
@NullMarked
package io.github.cameldataverse.changes.testkit.faults;

import org.jspecify.annotations.NullMarked;
