package io.github.cameldataverse.changes.testkit.internal.organization;

import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

/** Applies events that were read from a log, without logging them again. */
record EventReplay(
        StoredTables tables, RowVersionSequence versions, Consumer<Duration> clockMoves, Consumer<UUID> identities)
        implements OrganizationEvent.Replay {
    @Override
    public void written(OrganizationEvent.Written written) {
        tables.named(written.table()).apply(written);
        versions.atLeast(written.version());
    }

    @Override
    public void defined(TableSchema definition) {
        tables.define(definition);
    }

    @Override
    public void clockMoved(Duration offset) {
        clockMoves.accept(offset);
    }

    @Override
    public void removed(String table) {
        tables.remove(table);
    }

    @Override
    public void emptied() {
        tables.empty();
    }

    @Override
    public void identified(UUID organization) {
        identities.accept(organization);
    }

    @Override
    public void advanced(long version) {
        versions.atLeast(version);
    }
}
