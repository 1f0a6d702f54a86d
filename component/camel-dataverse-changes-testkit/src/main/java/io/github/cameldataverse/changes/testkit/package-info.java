/**
 * A Dataverse organization in a box: a server on a loopback port that answers change tracking as the platform does, from
 * tables that tests write to. Start with {@link io.github.cameldataverse.changes.testkit.DataverseSimulator}.
 */
@NullMarked
package io.github.cameldataverse.changes.testkit;

import org.jspecify.annotations.NullMarked;
