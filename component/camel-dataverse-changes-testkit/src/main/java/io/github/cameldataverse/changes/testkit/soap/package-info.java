/**
 * The Organization Service: the same changes as the Web API's, asked for and answered in SOAP 1.1. Knows {@code feed},
 * {@code model}, {@code switches}, {@code wire}, {@code xml} and {@code json}.
 */
@NullMarked
package io.github.cameldataverse.changes.testkit.soap;

import org.jspecify.annotations.NullMarked;
