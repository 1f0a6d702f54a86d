package io.github.cameldataverse.changes.testkit.model;

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
public final class Organization {
    private final ReentrantLock lock = new ReentrantLock();
    private final Tables tables = new Tables();
    private final Versions versions = new Versions();
    private final Clock clock;
    private WriteLog log = WriteLog.NONE;

    /** An organization without tables. */
    public Organization(Clock clock) {
        this.clock = clock;
    }

    /** From now on every entry is kept there first. */
    public void keepIn(WriteLog writeLog) {
        locked(() -> log = writeLog);
    }

    /** The versions that all tables share. */
    public Versions versions() {
        return versions;
    }

    /** The clock of the organization. */
    public Clock clock() {
        return clock;
    }

    /** Defines a table, or gives the one of this logical name another definition; its rows stay. */
    public void define(TableDefinition definition) {
        happen(() -> {
            log.append(new Entry.Defined(definition));
            tables.define(definition);
        });
    }

    /** The definitions of all tables, in the order in which they were defined. */
    public List<TableDefinition> definitions() {
        return locked(tables::definitions);
    }

    /** Whatever the reader gives while nobody writes. What it gives must not be a view of the table. */
    public <T> T read(String logicalName, Function<Table, T> reader) {
        return locked(() -> reader.apply(tables.named(logicalName)));
    }

    /** Creates a row, with an id of its own unless one is given, and gives the id. */
    public String create(String logicalName, @Nullable String id, Map<String, ?> columns) {
        return locked(() -> {
            Table table = tables.named(logicalName);
            String rowId = newId(table, id, columns);
            table.requireAbsent(rowId);
            write(Entry.Kind.CREATE, table, rowId, columns);
            return rowId;
        });
    }

    /** Takes a version for a new row now, and creates it when the supplier is asked for its id. */
    public Supplier<String> createUncommitted(String logicalName, Map<String, ?> columns) {
        return locked(() -> {
            Table table = tables.named(logicalName);
            String id = newId(table, null, columns);
            Map<String, String> json = json(table, columns);
            long version = versions.takeUncommitted();
            return () -> commit(new Entry.Written(Entry.Kind.CREATE, logicalName, id, version, clock.instant(), json));
        });
    }

    /** Changes the columns given. */
    public void update(String logicalName, String id, Map<String, ?> columns) {
        happen(() -> {
            Table table = tables.named(logicalName);
            Row row = table.present(Codec.Guids.canonical(id));
            write(Entry.Kind.UPDATE, table, row.id(), columns);
        });
    }

    /** Deletes a row. */
    public void delete(String logicalName, String id) {
        happen(() -> {
            Table table = tables.named(logicalName);
            Row row = table.present(Codec.Guids.canonical(id));
            write(Entry.Kind.DELETE, table, row.id(), Map.of());
        });
    }

    /** Brings a deleted row back under its id, with its last values and a new version. */
    public void restore(String logicalName, String id) {
        happen(() -> {
            Table table = tables.named(logicalName);
            Row row = table.buried(Codec.Guids.canonical(id));
            write(Entry.Kind.RESTORE, table, row.id(), Map.of());
        });
    }

    /** Removes all rows and tombstones. The definitions stay, and versions go on rising. */
    public void empty() {
        happen(() -> {
            log.append(new Entry.Emptied());
            tables.empty();
        });
    }

    /** Has happen again what a log kept: nothing of it is logged again. Moves of the clock are handed on. */
    public Entry.Replay remaking(Consumer<Duration> clockMoves) {
        return new Remaking(tables, versions, clockMoves);
    }

    /** Hands on all that is needed to make the organization again, in order; see {@link Entry}. */
    public void snapshot(Consumer<Entry> entries) {
        happen(() -> new Snapshot(tables.all(), versions.floor(), versions.last()).writeTo(entries));
    }

    /** How many rows and tombstones there are. */
    public long size() {
        return locked(() -> tables.all().stream().mapToLong(Table::size).sum());
    }

    private void write(Entry.Kind kind, Table table, String id, Map<String, ?> columns) {
        Map<String, String> json = json(table, columns);
        String name = table.definition().logicalName();
        happen(table, new Entry.Written(kind, name, id, versions.take(), clock.instant(), json));
    }

    private String commit(Entry.Written entry) {
        return locked(() -> {
            versions.committed(entry.version());
            happen(tables.named(entry.table()), entry);
            return entry.id();
        });
    }

    private void happen(Table table, Entry.Written entry) {
        log.append(entry);
        table.apply(entry);
    }

    private static Map<String, String> json(Table table, Map<String, ?> columns) {
        return new Given(table.layout(), table.definition()).json(columns);
    }

    private static String newId(Table table, @Nullable String id, Map<String, ?> columns) {
        Object inColumns = columns.get(table.definition().primaryIdColumn());
        Object wanted = id != null ? id : inColumns != null ? inColumns : UUID.randomUUID();
        return Codec.Guids.canonical(wanted.toString());
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
