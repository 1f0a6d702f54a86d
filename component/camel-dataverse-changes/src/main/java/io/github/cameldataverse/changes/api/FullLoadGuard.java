package io.github.cameldataverse.changes.api;

import java.util.Optional;

/**
 * May refuse a full load: before its first request, and once more before it deletes what it did not bring. The option
 * {@code fullLoadGuard} names the bean. Called by the thread that polls; may be slow, and is asked again after a restart
 * and, where it refuses, from time to time.
 *
 * <p>It is not asked before the first request of a reload that an operator asked for, by the producer operation
 * {@code resync}.
 */
@FunctionalInterface
public interface FullLoadGuard {

    /**
     * What speaks against it.
     *
     * @return a sentence for the health check, which is DOWN then; empty to let it go on. An exception refuses too
     */
    Optional<String> objection(FullLoad load);
}
