package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.delivery.Parcel;
import io.github.cameldataverse.changes.delivery.PlannedChange;
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
record MissingParcel(Parcel deletes, Map<String, Long> forgotten) implements Parcel {

    static List<PlannedChange> planned(List<String> ids, long round) {
        return ids.stream()
                .map(id -> new PlannedChange(Delete.missing(id, round), Delete.DELETED))
                .toList();
    }

    /** @param deletes one exchange for each of the ids, or one for all */
    static List<Parcel> around(List<Parcel> deletes, List<String> ids, long round) {
        int share = ids.size() / deletes.size();
        List<Parcel> parcels = new ArrayList<>();
        for (int i = 0; i < deletes.size(); i++) {
            Map<String, Long> forgotten = new HashMap<>();
            ids.subList(i * share, (i + 1) * share).forEach(id -> forgotten.put(id, round));
            parcels.add(new MissingParcel(deletes.get(i), forgotten));
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
