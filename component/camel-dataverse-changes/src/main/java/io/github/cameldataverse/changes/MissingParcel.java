package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.change.Row;
import io.github.cameldataverse.changes.delivery.Parcel;
import io.github.cameldataverse.changes.delivery.PlannedChange;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Derived deletes. They are noted in no page: what is accepted is forgotten instead.
 *
 * @param deletes the exchange
 * @param forgotten id to the round that did not bring it
 */
record MissingParcel(Parcel deletes, Map<String, Long> forgotten) implements Parcel {

    /** The reason that the service never gives. */
    static final String REASON = "missing";

    /** A delete in the shape of a tombstone. Its id is a checked GUID. */
    static PlannedChange planned(String id, long round) {
        Row row = Row.of("{\"id\":\"" + id + "\",\"reason\":\"" + REASON + "\"}");
        return new PlannedChange(new Delete(id, REASON, round, 0, row), Delete.DELETED);
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
