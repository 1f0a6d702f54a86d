package io.github.cameldataverse.changes.internal.exchange;

import io.github.cameldataverse.changes.internal.delivery.ChangeExchange;
import io.github.cameldataverse.changes.internal.delivery.PlannedChange;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * All changes of a page. The checkpoint moves right after it, so nothing is remembered in between, unless a bracket
 * follows that the route may refuse.
 */
final class WholePage implements ChangeExchange {

    private final ExchangeBinding wording;
    private final List<PlannedChange> plan;
    private final Checkpoint checkpoint;
    private final boolean remembered;

    WholePage(ExchangeBinding wording, List<PlannedChange> plan, Checkpoint checkpoint, boolean remembered) {
        this.wording = wording;
        this.plan = plan;
        this.checkpoint = checkpoint;
        this.remembered = remembered;
    }

    @Override
    public void fill(Exchange exchange) {
        wording.common(exchange.getMessage(), checkpoint);
        exchange.getMessage().setBody(plan.stream().map(PlannedChange::change).toList());
    }

    @Override
    public Map<String, String> marks() {
        Map<String, String> marks = new HashMap<>();
        if (remembered) {
            plan.forEach(planned -> marks.put(planned.change().id(), planned.history()));
        }
        return marks;
    }

    @Override
    public String name() {
        return "page " + (checkpoint.pages() + 1) + " of round " + checkpoint.round();
    }
}
