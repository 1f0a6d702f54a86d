package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.change.Page;
import io.github.cameldataverse.changes.change.Upsert;
import io.github.cameldataverse.changes.delivery.Parcel;
import io.github.cameldataverse.changes.delivery.PlannedChange;
import io.github.cameldataverse.changes.source.TableDefinition;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.StoredToken;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Words the exchanges of a page: their bodies and headers. No column of a row ever becomes a header. */
final class ChangeParcels {

    private static final String STARTED = "resyncStarted";
    private static final String COMPLETED = "resyncCompleted";

    private final Subscription subscription;
    private final TableDefinition table;
    private final Clock clock;
    private final RowBody body;

    ChangeParcels(Subscription subscription, TableDefinition table, Clock clock) {
        this.subscription = subscription;
        this.table = table;
        this.clock = clock;
        this.body = new RowBody(
                subscription.delivery().bodyType(), subscription.limits().maxRowBytes());
    }

    /** The exchanges of a page, with the brackets of a reload around its first and its last one. */
    List<Parcel> of(StoredToken token, List<PlannedChange> plan, Page.Next next, Map<String, UpsertKind> kinds) {
        Checkpoint checkpoint = token.checkpoint();
        List<Parcel> parcels = new ArrayList<>();
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
    static int endsIn(List<Parcel> parcels) {
        boolean ends =
                !parcels.isEmpty() && parcels.get(parcels.size() - 1).marks().containsKey(COMPLETED);
        return ends ? 1 : 0;
    }

    /** The exchanges that delete what a full load did not bring. */
    List<Parcel> missing(Checkpoint checkpoint, List<String> ids) {
        List<Parcel> deletes = new ArrayList<>();
        addChanges(deletes, checkpoint, MissingParcel.planned(ids, checkpoint.round()), false, Map.of());
        return MissingParcel.around(deletes, ids, checkpoint.round());
    }

    private void addBracket(List<Parcel> parcels, StoredToken token, String type) {
        if (!token.delivered().containsKey(type)) {
            parcels.add(new Bracket(type, token.checkpoint()));
        }
    }

    private void addChanges(
            List<Parcel> parcels,
            Checkpoint checkpoint,
            List<PlannedChange> plan,
            boolean bracketFollows,
            Map<String, UpsertKind> kinds) {
        if (!subscription.delivery().perPage()) {
            plan.forEach(planned -> parcels.add(new One(
                    planned,
                    checkpoint,
                    Optional.ofNullable(kinds.get(planned.change().id())))));
        } else if (!plan.isEmpty()) {
            parcels.add(new Whole(plan, checkpoint, bracketFollows));
        }
    }

    private void fillCommon(Message message, Checkpoint checkpoint) {
        message.setHeader(DataverseChangesConstants.TABLE, table.logicalName());
        message.setHeader(DataverseChangesConstants.ENTITY_SET, table.entitySet());
        message.setHeader(DataverseChangesConstants.SUBSCRIPTION, subscription.name());
        message.setHeader(DataverseChangesConstants.ROUND, checkpoint.round());
        if (checkpoint.roundLink() != null) {
            TokenLife life = new TokenLife(checkpoint.obtained(), null);
            message.setHeader(
                    DataverseChangesConstants.TOKEN_AGE,
                    life.age(clock.instant()).toSeconds());
        }
        message.setHeader(
                DataverseChangesConstants.PHASE, checkpoint.phase().name().toLowerCase(Locale.ROOT));
    }

    private static void fillUpsert(Message message, Upsert upsert) {
        message.setHeader(DataverseChangesConstants.CHANGE_TYPE, "upsert");
        if (upsert.etag() != null) {
            message.setHeader(DataverseChangesConstants.ETAG, upsert.etag());
        }
        Long version = upsert.version().number();
        if (version != null) {
            message.setHeader(DataverseChangesConstants.VERSION, version);
        }
    }

    private Optional<UpsertKind> inferred(Upsert upsert) {
        return subscription.delivery().upsertKind() ? body.times().kind(upsert.row()) : Optional.empty();
    }

    private static void fillDelete(Message message, Delete delete) {
        message.setHeader(DataverseChangesConstants.CHANGE_TYPE, "delete");
        message.setHeader(DataverseChangesConstants.REASON, delete.reason());
    }

    /** One change. */
    private final class One implements Parcel {

        private final PlannedChange planned;
        private final Checkpoint checkpoint;
        private final Optional<UpsertKind> kind;

        One(PlannedChange planned, Checkpoint checkpoint, Optional<UpsertKind> kind) {
            this.planned = planned;
            this.checkpoint = checkpoint;
            this.kind = kind;
        }

        @Override
        public void fill(Exchange exchange) {
            Change change = planned.change();
            Message message = exchange.getMessage();
            fillCommon(message, checkpoint);
            message.setHeader(DataverseChangesConstants.ID, change.id());
            message.setHeader(DataverseChangesConstants.KEY, change.key());
            if (change instanceof Upsert upsert) {
                fillUpsert(message, upsert);
                kind.or(() -> inferred(upsert)).ifPresent(told -> told.fill(message));
            } else if (change instanceof Delete delete) {
                fillDelete(message, delete);
            }
            message.setBody(body.of(change.row()));
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

    /**
     * All changes of a page. The checkpoint moves right after it, so nothing is remembered in between, unless a bracket
     * follows that the route may refuse.
     */
    private final class Whole implements Parcel {

        private final List<PlannedChange> plan;
        private final Checkpoint checkpoint;
        private final boolean remembered;

        Whole(List<PlannedChange> plan, Checkpoint checkpoint, boolean remembered) {
            this.plan = plan;
            this.checkpoint = checkpoint;
            this.remembered = remembered;
        }

        @Override
        public void fill(Exchange exchange) {
            fillCommon(exchange.getMessage(), checkpoint);
            exchange.getMessage()
                    .setBody(plan.stream().map(PlannedChange::change).toList());
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

    /** The begin or the end of a full reload. */
    private final class Bracket implements Parcel {

        private final String type;
        private final Checkpoint checkpoint;

        Bracket(String type, Checkpoint checkpoint) {
            this.type = type;
            this.checkpoint = checkpoint;
        }

        @Override
        public void fill(Exchange exchange) {
            fillCommon(exchange.getMessage(), checkpoint);
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
}
