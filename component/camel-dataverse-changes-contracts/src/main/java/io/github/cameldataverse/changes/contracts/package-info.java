/**
 * What a repository of delta tokens has to do, as JUnit classes for the author of one on another store: Redis, Infinispan,
 * MongoDB. The author implements two interfaces of {@code io.github.cameldataverse.changes.token}, {@code
 * DeltaTokenRepository} and, if a full reload is to tell which records are gone, {@code KnownIds}. The tests of the
 * repository then extend
 *
 * <ul>
 *   <li>{@link io.github.cameldataverse.changes.contracts.DurableTokenRepositoryContract}, or {@link
 *       io.github.cameldataverse.changes.contracts.DeltaTokenRepositoryContract} for tokens that end with the process,
 *   <li>{@link io.github.cameldataverse.changes.contracts.KnownIdsContract} for the known ids,
 *   <li>{@link io.github.cameldataverse.changes.contracts.ConsumerContract}, which reads a simulated Dataverse with the
 *       repository, and restarts in the middle of a page.
 * </ul>
 *
 * <p>The repositories of this component are tested by the same classes.
 */
@NullMarked
package io.github.cameldataverse.changes.contracts;

import org.jspecify.annotations.NullMarked;
