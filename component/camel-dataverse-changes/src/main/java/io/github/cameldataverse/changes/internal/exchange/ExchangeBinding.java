package io.github.cameldataverse.changes.internal.exchange;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.change.Upsert;
import io.github.cameldataverse.changes.internal.checkpoint.TokenLife;
import io.github.cameldataverse.changes.internal.digest.Sha256;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.option.ExchangePer;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Binds changes to Camel messages: bodies and headers. No column of a row ever becomes a header. */
final class ExchangeBinding {

    private static final int KEY_DIGITS = 32;

    private final Subscription subscription;
    private final TableDefinition table;
    private final Clock clock;
    private final RowBody body;
    private final String requestId;

    ExchangeBinding(Subscription subscription, TableDefinition table, Clock clock) {
        this(
                subscription,
                table,
                clock,
                new RowBody(
                        subscription.delivery().bodyType(),
                        subscription.delivery().bodyMembers(),
                        subscription.delivery().json()),
                "");
    }

    private ExchangeBinding(
            Subscription subscription, TableDefinition table, Clock clock, RowBody body, String requestId) {
        this.subscription = subscription;
        this.table = table;
        this.clock = clock;
        this.body = body;
        this.requestId = requestId;
    }

    /** The same for what came with one answer of the service. */
    ExchangeBinding of(String request) {
        return new ExchangeBinding(subscription, table, clock, body, request);
    }

    /** What all exchanges of the table say. */
    void common(Message message, Checkpoint checkpoint) {
        message.setHeader(DataverseChangesConstants.TABLE, table.logicalName());
        message.setHeader(DataverseChangesConstants.ENTITY_SET, table.entitySet());
        message.setHeader(DataverseChangesConstants.SUBSCRIPTION, subscription.name());
        message.setHeader(DataverseChangesConstants.ROUND, checkpoint.round());
        message.setHeader(DataverseChangesConstants.REVISION, checkpoint.revision());
        if (!requestId.isEmpty()) {
            message.setHeader(DataverseChangesConstants.REQUEST_ID, requestId);
        }
        if (checkpoint.roundLink() != null) {
            TokenLife life = new TokenLife(checkpoint.obtained(), null);
            message.setHeader(
                    DataverseChangesConstants.TOKEN_AGE,
                    life.age(clock.instant()).toSeconds());
        }
        message.setHeader(
                DataverseChangesConstants.PHASE, checkpoint.phase().name().toLowerCase(Locale.ROOT));
    }

    /**
     * What the exchange of one change says.
     *
     * @param kind what is known of an upsert; otherwise its times may tell
     */
    void change(Message message, Change change, Optional<UpsertKind> kind) {
        message.setHeader(DataverseChangesConstants.ID, change.id());
        message.setHeader(DataverseChangesConstants.KEY, change.key());
        if (change instanceof Upsert upsert) {
            upsert(message, upsert, kind);
        } else if (change instanceof Delete delete) {
            message.setHeader(DataverseChangesConstants.CHANGE_TYPE, "delete");
            message.setHeader(DataverseChangesConstants.REASON, delete.reason());
        }
        message.setBody(body.of(change.row()));
    }

    /**
     * What the exchange of a batch or a page says. Its place in the round does not name it: what comes there again may be other
     * changes.
     */
    void changes(Exchange exchange, ExchangePer per, Checkpoint here, List<Change> changes) {
        Message message = exchange.getMessage();
        String keys = changes.stream().map(Change::key).collect(Collectors.joining("\n"));
        message.setHeader(
                DataverseChangesConstants.KEY,
                per.name().toLowerCase(Locale.ROOT) + "!" + here.round() + "!"
                        + Sha256.ofUtf8(keys).substring(0, KEY_DIGITS));
        message.setHeader(DataverseChangesConstants.SIZE, changes.size());
        message.setHeader(DataverseChangesConstants.FIRST_KEY, changes.get(0).key());
        message.setHeader(
                DataverseChangesConstants.LAST_KEY,
                changes.get(changes.size() - 1).key());
        List<Long> versions = changes.stream().flatMap(ExchangeBinding::version).toList();
        if (!versions.isEmpty()) {
            message.setHeader(DataverseChangesConstants.FIRST_VERSION, versions.get(0));
            message.setHeader(DataverseChangesConstants.LAST_VERSION, versions.get(versions.size() - 1));
        }
        message.setBody(changes.stream().map(change -> body.of(change.row())).toList());
        exchange.setProperty(DataverseChangesConstants.CHANGES, changes);
    }

    private static Stream<Long> version(Change change) {
        return change instanceof Upsert upsert
                ? Stream.ofNullable(upsert.version().number())
                : Stream.empty();
    }

    private void upsert(Message message, Upsert upsert, Optional<UpsertKind> kind) {
        message.setHeader(DataverseChangesConstants.CHANGE_TYPE, "upsert");
        if (upsert.etag() != null) {
            message.setHeader(DataverseChangesConstants.ETAG, upsert.etag());
        }
        Long version = upsert.version().number();
        if (version != null) {
            message.setHeader(DataverseChangesConstants.VERSION, version);
        }
        kind.or(() -> inferred(upsert)).ifPresent(told -> told.fill(message));
    }

    private Optional<UpsertKind> inferred(Upsert upsert) {
        return subscription.delivery().upsertKind() ? body.times().kind(upsert.row()) : Optional.empty();
    }
}
