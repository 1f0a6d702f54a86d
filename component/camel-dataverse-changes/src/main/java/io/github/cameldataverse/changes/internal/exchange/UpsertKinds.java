package io.github.cameldataverse.changes.internal.exchange;

import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.change.Upsert;
import io.github.cameldataverse.changes.internal.checkpoint.KnownRecords;
import io.github.cameldataverse.changes.internal.delivery.PagePlan;
import io.github.cameldataverse.changes.internal.source.Page;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.StoredToken;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells creates from updates. For one thread at a time. */
public interface UpsertKinds {

    /** By record id, as far as it is known; to be asked before the known ids expect the page. */
    Map<String, UpsertKind> of(StoredToken token, Page page);

    /** Of a route that does not ask. */
    static UpsertKinds none() {
        return (token, page) -> Map.of();
    }

    static UpsertKinds by(KnownRecords known) {
        return new ByKnownRecords(known);
    }

    /**
     * Tells creates from updates by what was delivered of the page before and by the known ids. All ids of a page are stored
     * before its first exchange, so a page that comes again finds them there: what was found of it the first time is kept as
     * long as this process stands at the page: whoever takes the checkpoint over gives it another revision. It finds no more
     * than that the record was offered in this round, and says nothing.
     */
    final class ByKnownRecords implements UpsertKinds {

        private final KnownRecords known;
        private Optional<Checkpoint> at = Optional.empty();
        private Map<String, UpsertKind> found = Map.of();

        private ByKnownRecords(KnownRecords known) {
            this.known = known;
        }

        @Override
        public Map<String, UpsertKind> of(StoredToken token, Page page) {
            Checkpoint here = token.checkpoint();
            List<String> ids = onlyUpserts(page);
            Map<String, UpsertKind> before = at.filter(here::equals).isPresent() ? found : Map.of();
            Map<String, UpsertKind> kinds = new HashMap<>(before);
            Set<String> fresh = new HashSet<>(ids);
            fresh.removeAll(before.keySet());
            known.rounds(fresh).ifPresent(rounds -> fresh.forEach(id -> put(kinds, id, byRound(here, rounds.get(id)))));
            at = Optional.of(here);
            found = Map.copyOf(kinds);
            ids.forEach(id -> put(kinds, id, byDelivery(token.delivered().get(id))));
            kinds.keySet().retainAll(ids);
            return kinds;
        }

        /** Of a record that comes twice the second upsert is another thing than the first. */
        private static List<String> onlyUpserts(Page page) {
            Map<String, Integer> times = new HashMap<>();
            page.changes().forEach(change -> times.merge(change.id(), 1, Integer::sum));
            return page.changes().stream()
                    .filter(Upsert.class::isInstance)
                    .map(Change::id)
                    .filter(id -> Integer.valueOf(1).equals(times.get(id)))
                    .toList();
        }

        private static @Nullable UpsertKind byRound(Checkpoint here, @Nullable Long round) {
            if (round == null) {
                return UpsertKind.CREATED;
            }
            if (round >= here.round()) {
                return null;
            }
            // A delta begins behind a round of which every change was accepted; a full load may begin in mid-round.
            return here.phase() == Phase.DELTA ? UpsertKind.UPDATED : UpsertKind.PROBABLY_UPDATED;
        }

        /** What the route has accepted of the record in this page is certain. */
        private static @Nullable UpsertKind byDelivery(@Nullable String history) {
            if (history == null || history.equals(PagePlan.OFFERED)) {
                return null;
            }
            return history.endsWith(Delete.DELETED) ? UpsertKind.CREATED : UpsertKind.UPDATED;
        }

        private static void put(Map<String, UpsertKind> kinds, String id, @Nullable UpsertKind kind) {
            if (kind != null) {
                kinds.put(id, kind);
            }
        }
    }
}
