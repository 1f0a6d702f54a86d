package io.github.cameldataverse.changes.internal.exchange;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.internal.delivery.ChangeExchange;
import io.github.cameldataverse.changes.internal.delivery.PagePlan;
import io.github.cameldataverse.changes.internal.delivery.PlannedChange;
import io.github.cameldataverse.changes.internal.source.Page;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.option.ExchangePer;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.StoredToken;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * The exchanges of a page, in their order: one per change, per batch or per page, with the two ends of a resync around those
 * of its first and its last page.
 */
public final class PageExchanges {

    private static final String STARTED = "resyncStarted";
    private static final String COMPLETED = PagePlan.RESYNC_COMPLETED;

    private final ExchangePer exchangePer;
    private final int batchSize;
    private final boolean knownIds;
    private final ExchangeBinding binding;

    public PageExchanges(Subscription subscription, TableDefinition table, Clock clock) {
        this.exchangePer = subscription.delivery().exchangePer();
        this.batchSize = exchangePer == ExchangePer.PAGE
                ? Integer.MAX_VALUE
                : subscription.delivery().batchSize();
        this.knownIds = subscription.fullLoads().knownIds();
        this.binding = new ExchangeBinding(subscription, table, clock);
    }

    /** The exchanges of a page. */
    public List<ChangeExchange> of(
            StoredToken token, List<PlannedChange> plan, Page page, Map<String, UpsertKind> kinds) {
        Checkpoint here = token.checkpoint();
        Page.Next next = page.next();
        ExchangeBinding binding = this.binding.of(page.requestId());
        boolean last = here.phase() == Phase.RESYNC && next instanceof Page.RoundEnd;
        boolean more = last || knownIds && here.isFullLoad() && next instanceof Page.RoundEnd;
        List<ChangeExchange> exchanges = new ArrayList<>();
        if (here.phase() == Phase.RESYNC && here.atRoundStart()) {
            exchanges.addAll(resyncMarker(binding, token, STARTED));
        }
        if (here.phase() != Phase.SKIP) {
            exchanges.addAll(
                    changes(binding, here, plan, kinds, more ? Noted.AFTER_DELIVERY : Noted.BY_THE_CHECKPOINT));
        }
        if (last) {
            exchanges.addAll(resyncMarker(binding, token, COMPLETED));
        }
        return exchanges;
    }

    /** How many exchanges of a last page are the end of the resync: none if the route has accepted it before. */
    public static int endsIn(List<ChangeExchange> exchanges) {
        boolean ends = !exchanges.isEmpty()
                && exchanges.get(exchanges.size() - 1).delivered().containsKey(COMPLETED);
        return ends ? 1 : 0;
    }

    /** The exchanges that delete what a full load did not bring. */
    public List<ChangeExchange> missing(Checkpoint here, List<String> ids) {
        List<PlannedChange> plan = ids.stream()
                .map(id -> new PlannedChange(Delete.missing(id, here.round()), Delete.DELETED))
                .toList();
        int share = exchangePer == ExchangePer.CHANGE ? 1 : Math.min(batchSize, ids.size());
        List<ChangeExchange> missing = new ArrayList<>();
        for (ChangeExchange deletes : changes(binding, here, plan, Map.of(), Noted.BY_THE_CHECKPOINT)) {
            int from = missing.size() * share;
            List<String> gone = ids.subList(from, Math.min(from + share, ids.size()));
            missing.add(DerivedDelete.of(deletes, gone, here.round()));
        }
        return missing;
    }

    private static List<ChangeExchange> resyncMarker(ExchangeBinding binding, StoredToken token, String type) {
        return token.delivered().containsKey(type)
                ? List.of()
                : List.of(new ResyncMarker(binding, type, token.checkpoint()));
    }

    private List<ChangeExchange> changes(
            ExchangeBinding binding,
            Checkpoint here,
            List<PlannedChange> plan,
            Map<String, UpsertKind> kinds,
            Noted noted) {
        if (exchangePer != ExchangePer.CHANGE) {
            return batches(binding, here, plan, noted);
        }
        List<ChangeExchange> exchanges = new ArrayList<>();
        for (PlannedChange planned : plan) {
            Optional<UpsertKind> kind =
                    Optional.ofNullable(kinds.get(planned.change().id()));
            exchanges.add(new SingleChange(binding, planned, here, kind));
        }
        return exchanges;
    }

    private List<ChangeExchange> batches(
            ExchangeBinding binding, Checkpoint here, List<PlannedChange> plan, Noted last) {
        List<ChangeExchange> batches = new ArrayList<>();
        for (int from = 0; from < plan.size(); ) {
            int to = Math.min(plan.size() - from, batchSize) + from;
            Noted noted = to == plan.size() ? last : Noted.AFTER_DELIVERY;
            batches.add(new Batch(binding, exchangePer, plan.subList(from, to), here, noted));
            from = to;
        }
        return batches;
    }

    /** How a batch, or a whole page, is remembered once it is accepted. */
    private enum Noted {
        /** The checkpoint moves right after it, so nothing is noted in between. */
        BY_THE_CHECKPOINT,
        /** Another batch, derived deletes or the end of the resync follow, which the route may refuse: so its changes are noted. */
        AFTER_DELIVERY
    }

    /** One change. */
    private record SingleChange(
            ExchangeBinding binding, PlannedChange planned, Checkpoint here, Optional<UpsertKind> kind)
            implements ChangeExchange {

        @Override
        public void fill(Exchange exchange) {
            binding.common(exchange.getMessage(), here);
            binding.change(exchange.getMessage(), planned.change(), kind);
        }

        @Override
        public Map<String, String> delivered() {
            return Map.of(planned.change().id(), planned.history());
        }

        @Override
        public String name() {
            return "the change " + planned.change().key();
        }
    }

    /** Some or all changes of a page. */
    private record Batch(
            ExchangeBinding binding, ExchangePer per, List<PlannedChange> plan, Checkpoint here, Noted noted)
            implements ChangeExchange {

        @Override
        public void fill(Exchange exchange) {
            binding.common(exchange.getMessage(), here);
            binding.changes(
                    exchange,
                    per,
                    here,
                    plan.stream().map(PlannedChange::change).toList());
        }

        @Override
        public List<String> keys() {
            return plan.stream().map(planned -> planned.change().key()).toList();
        }

        @Override
        public Map<String, String> delivered() {
            Map<String, String> delivered = new LinkedHashMap<>();
            if (noted == Noted.AFTER_DELIVERY) {
                plan.forEach(planned -> delivered.put(planned.change().id(), planned.history()));
            }
            return delivered;
        }

        @Override
        public String name() {
            if (per == ExchangePer.PAGE) {
                return "page " + (here.pages() + 1) + " of round " + here.round();
            }
            return "the batch of " + plan.size() + " changes from "
                    + plan.get(0).change().key() + " to "
                    + plan.get(plan.size() - 1).change().key();
        }
    }

    /** The begin or the end of a resync. */
    private record ResyncMarker(ExchangeBinding binding, String type, Checkpoint here) implements ChangeExchange {

        @Override
        public void fill(Exchange exchange) {
            binding.common(exchange.getMessage(), here);
            exchange.getMessage().setHeader(DataverseChangesConstants.CHANGE_TYPE, type);
            exchange.getMessage().setHeader(DataverseChangesConstants.KEY, type + "!" + here.round());
        }

        @Override
        public Map<String, String> delivered() {
            return Map.of(type, Delete.DELETED);
        }

        @Override
        public String name() {
            return type + " of round " + here.round();
        }
    }

    /**
     * Derived deletes. They are noted in no page: what is accepted is taken out of the known ids instead.
     *
     * @param deletes the exchange
     * @param forgotten id to the round that did not bring it
     */
    private record DerivedDelete(ChangeExchange deletes, Map<String, Long> forgotten) implements ChangeExchange {

        static DerivedDelete of(ChangeExchange deletes, List<String> ids, long round) {
            Map<String, Long> forgotten = new HashMap<>();
            ids.forEach(id -> forgotten.put(id, round));
            return new DerivedDelete(deletes, forgotten);
        }

        @Override
        public void fill(Exchange exchange) {
            deletes.fill(exchange);
        }

        @Override
        public List<String> keys() {
            return deletes.keys();
        }

        @Override
        public Map<String, String> delivered() {
            return Map.of();
        }

        @Override
        public String name() {
            return deletes.name();
        }
    }
}
