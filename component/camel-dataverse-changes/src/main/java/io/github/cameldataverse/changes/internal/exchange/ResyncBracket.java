package io.github.cameldataverse.changes.internal.exchange;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.internal.delivery.ChangeExchange;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.util.Map;
import org.apache.camel.Exchange;

/** The begin or the end of a full reload. */
final class ResyncBracket implements ChangeExchange {

    private final ExchangeBinding wording;
    private final String type;
    private final Checkpoint checkpoint;

    ResyncBracket(ExchangeBinding wording, String type, Checkpoint checkpoint) {
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
