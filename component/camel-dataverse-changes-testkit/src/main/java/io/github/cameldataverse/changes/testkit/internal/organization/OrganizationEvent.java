package io.github.cameldataverse.changes.testkit.internal.organization;

import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A change of the organization. All events together, in their order, make up the organization. */
public sealed interface OrganizationEvent {
    /** Passes itself to the method for its type. */
    void applyTo(Replay replay);

    /** Applies events. */
    interface Replay {
        void written(Written written);

        void defined(TableSchema definition);

        void clockMoved(Duration offset);

        void removed(String table);

        void emptied();

        void advanced(long version);

        void identified(UUID organization);
    }

    /**
     * A row was written.
     *
     * @param kind of the write
     * @param table logical name
     * @param id of the row
     * @param version of the row from now on
     * @param at time of the write
     * @param columns the JSON of the columns written, by name
     */
    record Written(Kind kind, String table, String id, long version, Instant at, Map<String, String> columns)
            implements OrganizationEvent {
        @Override
        public void applyTo(Replay replay) {
            replay.written(this);
        }
    }

    /** The kinds of writes. */
    enum Kind {
        CREATE,
        UPDATE,
        DELETE,
        RESTORE
    }

    /** A table was defined or redefined. */
    record Defined(TableSchema definition) implements OrganizationEvent {
        @Override
        public void applyTo(Replay replay) {
            replay.defined(definition);
        }
    }

    /** A table was removed. */
    record Removed(String table) implements OrganizationEvent {
        @Override
        public void applyTo(Replay replay) {
            replay.removed(table);
        }
    }

    /** The clock was moved. */
    record ClockMoved(Duration offset) implements OrganizationEvent {
        @Override
        public void applyTo(Replay replay) {
            replay.clockMoved(offset);
        }
    }

    /** All rows and tombstones were removed. */
    record Emptied() implements OrganizationEvent {
        @Override
        public void applyTo(Replay replay) {
            replay.emptied();
        }
    }

    /** The organization got its id. */
    record Identified(UUID organization) implements OrganizationEvent {
        @Override
        public void applyTo(Replay replay) {
            replay.identified(organization);
        }
    }

    /** The row versions up to this one were taken. */
    record Advanced(long version) implements OrganizationEvent {
        @Override
        public void applyTo(Replay replay) {
            replay.advanced(version);
        }
    }
}
