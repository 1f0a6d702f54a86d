/**
 * The entry for users: {@link io.github.cameldataverse.changes.testkit.DataverseSimulator}, its options, its tables, its clock
 * and its JUnit extension. May import every other package except {@code demo}.
 */
@NullMarked
package io.github.cameldataverse.changes.testkit;

import org.jspecify.annotations.NullMarked;
