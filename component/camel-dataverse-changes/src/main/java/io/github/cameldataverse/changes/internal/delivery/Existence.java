package io.github.cameldataverse.changes.internal.delivery;

import io.github.cameldataverse.changes.internal.source.TableQueries.RecordListener;
import java.util.Collection;

/**
 * Asks whether records are there now.
 *
 * @param <X> what goes wrong when a question cannot be answered
 */
@FunctionalInterface
public interface Existence<X extends Exception> {

    /**
     * Asks for each of the records.
     *
     * @param listener told of each answer when it comes, also if another one does not
     */
    void ask(Collection<String> recordIds, RecordListener listener) throws X;
}
