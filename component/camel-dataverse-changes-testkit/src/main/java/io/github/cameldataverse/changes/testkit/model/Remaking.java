package io.github.cameldataverse.changes.testkit.model;

import java.time.Duration;
import java.util.function.Consumer;

/** Has happen again what a log kept, without logging it again. */
record Remaking(Tables tables, Versions versions, Consumer<Duration> clockMoves) implements Entry.Replay {
    @Override
    public void written(Entry.Written written) {
        tables.named(written.table()).apply(written);
        versions.atLeast(written.version());
    }

    @Override
    public void defined(TableDefinition definition) {
        tables.define(definition);
    }

    @Override
    public void clockMoved(Duration offset) {
        clockMoves.accept(offset);
    }

    @Override
    public void emptied() {
        tables.empty();
    }

    @Override
    public void advanced(long version) {
        versions.atLeast(version);
    }
}
