package io.github.cameldataverse.changes.internal.delivery;

import io.github.cameldataverse.changes.internal.source.TableQueries.RecordState;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the service has said of the records of the page in hand, kept until the route has had the page: a limit of the service
 * that ends a poll among the questions must not take the answers before it away, or no poll would come any further.
 *
 * <p>An answer is older than the page when the page comes again, and may be wrong by then. That a record is gone is wrong once
 * it comes as an upsert. That it lives is wrong if it was deleted since; its tombstone is in this round only if the round was
 * asked for anew, because the service fixes at the first page what the round tells of. For one thread at a time.
 */
public final class ExistenceAnswers {

    /** More than a page has; the oldest go first. */
    private static final int MOST = 200_000;

    private final Map<String, RecordState> answers = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RecordState> eldest) {
            return size() > MOST;
        }
    };

    /**
     * Those of some records that live.
     *
     * @param existence asked for those that no answer is kept of
     */
    public <X extends Exception> Set<String> living(Collection<String> recordIds, Existence<X> existence) throws X {
        Set<String> unknown = new LinkedHashSet<>(recordIds);
        unknown.removeAll(answers.keySet());
        Set<String> living = new HashSet<>(recordIds);
        living.removeIf(id -> answers.get(id) != RecordState.LIVES);
        if (!unknown.isEmpty()) {
            existence.ask(unknown, (id, state) -> {
                answers.put(id, state);
                if (state == RecordState.LIVES) {
                    living.add(id);
                }
            });
        }
        return living;
    }

    /** The record comes as an upsert. */
    void upserted(String recordId) {
        answers.remove(recordId);
    }

    /** The round is asked for anew from its first page on. */
    void roundAskedAnew() {
        answers.values().removeIf(state -> state == RecordState.LIVES);
    }

    /** The page is delivered. */
    void pageDelivered() {
        answers.clear();
    }

    /** The page was left for anything but a wait: until it comes again, any of its records may come back. */
    public void grewOld() {
        answers.clear();
    }
}
