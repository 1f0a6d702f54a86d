package io.github.cameldataverse.changes.internal.exchange;

import io.github.cameldataverse.changes.change.Page;
import io.github.cameldataverse.changes.internal.delivery.ChangeExchange;
import io.github.cameldataverse.changes.internal.delivery.PlannedChange;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.option.ExchangePer;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.StoredToken;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The exchanges of a page, in their order. */
public final class PageExchanges {

    private static final String STARTED = "resyncStarted";
    private static final String COMPLETED = "resyncCompleted";

    private final boolean perPage;
    private final ExchangeBinding wording;

    public PageExchanges(Subscription subscription, TableDefinition table, Clock clock) {
        this.perPage = subscription.delivery().exchangePer() == ExchangePer.PAGE;
        this.wording = new ExchangeBinding(subscription, table, clock);
    }

    /** The exchanges of a page, with the brackets of a reload around its first and its last one. */
    public List<ChangeExchange> of(
            StoredToken token, List<PlannedChange> plan, Page.Next next, Map<String, UpsertKind> kinds) {
        Checkpoint checkpoint = token.checkpoint();
        List<ChangeExchange> parcels = new ArrayList<>();
        if (checkpoint.phase() == Phase.RESYNC && checkpoint.atRoundStart()) {
            addBracket(parcels, token, STARTED);
        }
        boolean last = checkpoint.phase() == Phase.RESYNC && next instanceof Page.RoundEnd;
        if (checkpoint.phase() != Phase.SKIP) {
            addChanges(parcels, checkpoint, plan, last, kinds);
        }
        if (last) {
            addBracket(parcels, token, COMPLETED);
        }
        return parcels;
    }

    /** How many exchanges of a last page are the end of the reload: none if the route has accepted it before. */
    public static int endsIn(List<ChangeExchange> parcels) {
        boolean ends =
                !parcels.isEmpty() && parcels.get(parcels.size() - 1).marks().containsKey(COMPLETED);
        return ends ? 1 : 0;
    }

    /** The exchanges that delete what a full load did not bring. */
    public List<ChangeExchange> missing(Checkpoint checkpoint, List<String> ids) {
        List<ChangeExchange> deletes = new ArrayList<>();
        addChanges(deletes, checkpoint, DerivedDelete.planned(ids, checkpoint.round()), false, Map.of());
        return DerivedDelete.around(deletes, ids, checkpoint.round());
    }

    private void addBracket(List<ChangeExchange> parcels, StoredToken token, String type) {
        if (!token.delivered().containsKey(type)) {
            parcels.add(new ResyncBracket(wording, type, token.checkpoint()));
        }
    }

    private void addChanges(
            List<ChangeExchange> parcels,
            Checkpoint checkpoint,
            List<PlannedChange> plan,
            boolean bracketFollows,
            Map<String, UpsertKind> kinds) {
        if (!perPage) {
            plan.forEach(planned -> parcels.add(new SingleChange(
                    wording,
                    planned,
                    checkpoint,
                    Optional.ofNullable(kinds.get(planned.change().id())))));
        } else if (!plan.isEmpty()) {
            parcels.add(new WholePage(wording, plan, checkpoint, bracketFollows));
        }
    }
}
