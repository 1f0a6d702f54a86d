package io.github.cameldataverse.changes.testkit.internal.organization;

import io.github.cameldataverse.changes.testkit.internal.json.ValueCodec;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one organization. Thread-safe: one lock over all of them, since their row versions are one sequence. A
 * write is in the log before it happens.
 */
public final class OrganizationTables {
    private final ReentrantLock lock = new ReentrantLock();
    private final StoredTables tables = new StoredTables();
    private final RowVersionSequence versions = new RowVersionSequence();
    private final Clock clock;
    private WriteAheadLog log = WriteAheadLog.NONE;

    /** An organization without tables. */
    public OrganizationTables(Clock clock) {
        this.clock = clock;
    }

    /** From now on every entry is kept there first. */
    public void keepIn(WriteAheadLog writeLog) {
        locked(() -> log = writeLog);
    }

    /** The versions that all tables share. */
    public RowVersionSequence versions() {
        return versions;
    }

    /** The clock of the organization. */
    public Clock clock() {
        return clock;
    }

    /** Defines a table, or gives the one of this logical name another definition; its rows stay. */
    public void define(TableSchema definition) {
        happen(() -> {
            log.append(new OrganizationEvent.Defined(definition));
            tables.define(definition);
        });
    }

    /** The definitions of all tables, in the order in which they were defined. */
    public List<TableSchema> definitions() {
        return locked(tables::definitions);
    }

    /** Whatever the reader gives while nobody writes. What it gives must not be a view of the table. */
    public <T> T read(String logicalName, Function<StoredTable, T> reader) {
        return locked(() -> reader.apply(tables.named(logicalName)));
    }

    /** Creates a row, with an id of its own unless one is given, and gives the id. */
    public String create(String logicalName, @Nullable String id, Map<String, ?> columns) {
        return locked(() -> {
            StoredTable table = tables.named(logicalName);
            String rowId = newId(table, id, columns);
            table.requireAbsent(rowId);
            write(OrganizationEvent.Kind.CREATE, table, rowId, columns);
            return rowId;
        });
    }

    /** Takes a version for a new row now, and creates it when the supplier is asked for its id. */
    public Supplier<String> createUncommitted(String logicalName, Map<String, ?> columns) {
        return locked(() -> {
            StoredTable table = tables.named(logicalName);
            String id = newId(table, null, columns);
            Map<String, String> json = json(table, columns);
            long version = versions.takeUncommitted();
            return () -> commit(new OrganizationEvent.Written(
                    OrganizationEvent.Kind.CREATE, logicalName, id, version, clock.instant(), json));
        });
    }

    /** Changes the columns given. */
    public void update(String logicalName, String id, Map<String, ?> columns) {
        happen(() -> {
            StoredTable table = tables.named(logicalName);
            StoredRow row = table.present(ValueCodec.Guids.canonical(id));
            write(OrganizationEvent.Kind.UPDATE, table, row.id(), columns);
        });
    }

    /** Deletes a row. */
    public void delete(String logicalName, String id) {
        happen(() -> {
            StoredTable table = tables.named(logicalName);
            StoredRow row = table.present(ValueCodec.Guids.canonical(id));
            write(OrganizationEvent.Kind.DELETE, table, row.id(), Map.of());
        });
    }

    /** Brings a deleted row back under its id, with its last values and a new version. */
    public void restore(String logicalName, String id) {
        happen(() -> {
            StoredTable table = tables.named(logicalName);
            StoredRow row = table.buried(ValueCodec.Guids.canonical(id));
            write(OrganizationEvent.Kind.RESTORE, table, row.id(), Map.of());
        });
    }

    /** Removes all rows and tombstones. The definitions stay, and versions go on rising. */
    public void empty() {
        happen(() -> {
            log.append(new OrganizationEvent.Emptied());
            tables.empty();
        });
    }

    /** Has happen again what a log kept: nothing of it is logged again. Moves of the clock are handed on. */
    public OrganizationEvent.Replay remaking(Consumer<Duration> clockMoves) {
        return new EventReplay(tables, versions, clockMoves);
    }

    /** Hands on all that is needed to make the organization again, in order; see {@link OrganizationEvent}. */
    public void snapshot(Consumer<OrganizationEvent> entries) {
        happen(() -> new OrganizationSnapshot(tables.all(), versions.floor(), versions.last()).writeTo(entries));
    }

    /** How many rows and tombstones there are. */
    public long size() {
        return locked(() -> tables.all().stream().mapToLong(StoredTable::size).sum());
    }

    private void write(OrganizationEvent.Kind kind, StoredTable table, String id, Map<String, ?> columns) {
        Map<String, String> json = json(table, columns);
        String name = table.definition().logicalName();
        happen(table, new OrganizationEvent.Written(kind, name, id, versions.take(), clock.instant(), json));
    }

    private String commit(OrganizationEvent.Written entry) {
        return locked(() -> {
            versions.committed(entry.version());
            happen(tables.named(entry.table()), entry);
            return entry.id();
        });
    }

    private void happen(StoredTable table, OrganizationEvent.Written entry) {
        log.append(entry);
        table.apply(entry);
    }

    private static Map<String, String> json(StoredTable table, Map<String, ?> columns) {
        return new WrittenColumns(table.layout(), table.definition()).json(columns);
    }

    private static String newId(StoredTable table, @Nullable String id, Map<String, ?> columns) {
        Object inColumns = columns.get(table.definition().primaryIdColumn());
        Object wanted = id != null ? id : inColumns != null ? inColumns : UUID.randomUUID();
        return ValueCodec.Guids.canonical(wanted.toString());
    }

    private void happen(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
