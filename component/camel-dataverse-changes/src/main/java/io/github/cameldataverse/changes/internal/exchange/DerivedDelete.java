package io.github.cameldataverse.changes.internal.exchange;

import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.internal.delivery.ChangeExchange;
import io.github.cameldataverse.changes.internal.delivery.PlannedChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Derived deletes. They are noted in no page: what is accepted is forgotten instead.
 *
 * @param deletes the exchange
 * @param forgotten id to the round that did not bring it
 */
record DerivedDelete(ChangeExchange deletes, Map<String, Long> forgotten) implements ChangeExchange {

    static List<PlannedChange> planned(List<String> ids, long round) {
        return ids.stream()
                .map(id -> new PlannedChange(Delete.missing(id, round), Delete.DELETED))
                .toList();
    }

    /** @param deletes one exchange for each of the ids, or one for all */
    static List<ChangeExchange> around(List<ChangeExchange> deletes, List<String> ids, long round) {
        int share = ids.size() / deletes.size();
        List<ChangeExchange> parcels = new ArrayList<>();
        for (int i = 0; i < deletes.size(); i++) {
            Map<String, Long> forgotten = new HashMap<>();
            ids.subList(i * share, (i + 1) * share).forEach(id -> forgotten.put(id, round));
            parcels.add(new DerivedDelete(deletes.get(i), forgotten));
        }
        return parcels;
    }

    @Override
    public void fill(Exchange exchange) {
        deletes.fill(exchange);
    }

    @Override
    public Map<String, String> marks() {
        return Map.of();
    }

    @Override
    public String name() {
        return deletes.name();
    }
}
