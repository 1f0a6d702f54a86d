package io.github.cameldataverse.changes.testkit.internal.organization;

import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Something that happened to the organization; all of them in their order make it again. */
public sealed interface OrganizationEvent {
    /** Has it happen. */
    void applyTo(Replay replay);

    /** Where entries happen. */
    interface Replay {
        void written(Written written);

        void defined(TableSchema definition);

        void clockMoved(Duration offset);

        void emptied();

        void advanced(long version);
    }

    /**
     * A row was written.
     *
     * @param kind how
     * @param table logical name
     * @param id of the row
     * @param version it got
     * @param at when
     * @param columns the JSON of the columns given, by name
     */
    record Written(Kind kind, String table, String id, long version, Instant at, Map<String, String> columns)
            implements OrganizationEvent {
        @Override
        public void applyTo(Replay replay) {
            replay.written(this);
        }
    }

    /** The ways to write. */
    enum Kind {
        CREATE,
        UPDATE,
        DELETE,
        RESTORE
    }

    /** A table was defined, or defined anew. */
    record Defined(TableSchema definition) implements OrganizationEvent {
        @Override
        public void applyTo(Replay replay) {
            replay.defined(definition);
        }
    }

    /** The clock was moved. */
    record ClockMoved(Duration offset) implements OrganizationEvent {
        @Override
        public void applyTo(Replay replay) {
            replay.clockMoved(offset);
        }
    }

    /** All rows and tombstones went. */
    record Emptied() implements OrganizationEvent {
        @Override
        public void applyTo(Replay replay) {
            replay.emptied();
        }
    }

    /** Row versions were given up to here. */
    record Advanced(long version) implements OrganizationEvent {
        @Override
        public void applyTo(Replay replay) {
            replay.advanced(version);
        }
    }
}
