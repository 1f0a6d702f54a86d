package io.github.cameldataverse.changes.internal.exchange;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.change.Upsert;
import io.github.cameldataverse.changes.internal.delivery.ChangeExchange;
import io.github.cameldataverse.changes.internal.delivery.PlannedChange;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** One change. */
final class SingleChange implements ChangeExchange {

    private final ExchangeBinding wording;
    private final PlannedChange planned;
    private final Checkpoint checkpoint;
    private final Optional<UpsertKind> kind;

    SingleChange(ExchangeBinding wording, PlannedChange planned, Checkpoint checkpoint, Optional<UpsertKind> kind) {
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
            ExchangeBinding.delete(message, delete);
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
