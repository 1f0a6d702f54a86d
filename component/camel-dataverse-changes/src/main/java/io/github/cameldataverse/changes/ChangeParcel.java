package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.change.Upsert;
import io.github.cameldataverse.changes.delivery.Parcel;
import io.github.cameldataverse.changes.delivery.PlannedChange;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** One change. */
final class ChangeParcel implements Parcel {

    private final Wording wording;
    private final PlannedChange planned;
    private final Checkpoint checkpoint;
    private final Optional<UpsertKind> kind;

    ChangeParcel(Wording wording, PlannedChange planned, Checkpoint checkpoint, Optional<UpsertKind> kind) {
        this.wording = wording;
        this.planned = planned;
        this.checkpoint = checkpoint;
        this.kind = kind;
    }

    @Override
    public void fill(Exchange exchange) {
        Change change = planned.change();
        Message message = exchange.getMessage();
        wording.common(message, checkpoint);
        message.setHeader(DataverseChangesConstants.ID, change.id());
        message.setHeader(DataverseChangesConstants.KEY, change.key());
        if (change instanceof Upsert upsert) {
            wording.upsert(message, upsert, kind);
        } else if (change instanceof Delete delete) {
            Wording.delete(message, delete);
        }
        message.setBody(wording.body(change.row()));
    }

    @Override
    public Map<String, String> marks() {
        return Map.of(planned.change().id(), planned.history());
    }

    @Override
    public String name() {
        return "the change " + planned.change().key();
    }
}
