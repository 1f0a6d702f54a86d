package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.delivery.Parcel;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.util.Map;
import org.apache.camel.Exchange;

/** The begin or the end of a full reload. */
final class BracketParcel implements Parcel {

    private final Wording wording;
    private final String type;
    private final Checkpoint checkpoint;

    BracketParcel(Wording wording, String type, Checkpoint checkpoint) {
        this.wording = wording;
        this.type = type;
        this.checkpoint = checkpoint;
    }

    @Override
    public void fill(Exchange exchange) {
        wording.common(exchange.getMessage(), checkpoint);
        exchange.getMessage().setHeader(DataverseChangesConstants.CHANGE_TYPE, type);
        exchange.getMessage().setHeader(DataverseChangesConstants.KEY, type + "!" + checkpoint.round());
    }

    @Override
    public Map<String, String> marks() {
        return Map.of(type, Delete.DELETED);
    }

    @Override
    public String name() {
        return type + " of round " + checkpoint.round();
    }
}
