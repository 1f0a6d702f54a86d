package io.github.cameldataverse.changes.testkit.model;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one organization. Thread-safe: one lock over all of them, since their row versions are one sequence. A
 * write is in the log before it happens.
 */
public final class Organization {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final Versions versions = new Versions();
    private final Clock clock;
    private WriteLog log = WriteLog.NONE;

    /** An organization without tables. */
    public Organization(Clock clock) {
        this.clock = clock;
    }

    /** From now on every entry is kept there first. */
    public void keepIn(WriteLog writeLog) {
        locked(() -> {
            log = writeLog;
            return true;
        });
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
        locked(() -> {
            log.append(new Entry.Defined(definition));
            return apply(definition);
        });
    }

    /** The definitions of all tables, in the order in which they were defined. */
    public List<TableDefinition> definitions() {
        return locked(() -> tables.values().stream().map(Table::definition).toList());
    }

    /** The definition of the table with this logical name, if there is one. */
    public Optional<TableDefinition> definition(String logicalName) {
        return locked(() -> Optional.ofNullable(tables.get(logicalName)).map(Table::definition));
    }

    /** Whatever the reader gives while nobody writes. What it gives must not be a view of the table. */
    public <T> T read(String logicalName, Function<Table, T> reader) {
        return locked(() -> reader.apply(table(logicalName)));
    }

    /** Creates a row, with an id of its own unless one is given, and gives the id. */
    public String create(String logicalName, @Nullable String id, Map<String, ?> columns) {
        return locked(() -> {
            Table table = table(logicalName);
            String rowId = newId(table, id, columns);
            requireAbsent(table, rowId);
            write(Entry.Kind.CREATE, table, rowId, columns);
            return rowId;
        });
    }

    /** Changes the columns given. */
    public void update(String logicalName, String id, Map<String, ?> columns) {
        locked(() -> {
            Table table = table(logicalName);
            String rowId = Codec.Guids.canonical(id);
            table.present(rowId);
            return write(Entry.Kind.UPDATE, table, rowId, columns);
        });
    }

    /** Deletes a row. */
    public void delete(String logicalName, String id) {
        locked(() -> {
            Table table = table(logicalName);
            String rowId = Codec.Guids.canonical(id);
            table.present(rowId);
            return write(Entry.Kind.DELETE, table, rowId, Map.of());
        });
    }

    /** Brings a deleted row back under its id, with its last values and a new version. */
    public void restore(String logicalName, String id) {
        locked(() -> {
            Table table = table(logicalName);
            String rowId = Codec.Guids.canonical(id);
            table.buried(rowId);
            return write(Entry.Kind.RESTORE, table, rowId, Map.of());
        });
    }

    /** Removes all rows and tombstones. The definitions stay, and versions go on rising. */
    public void empty() {
        locked(() -> {
            log.append(new Entry.Emptied());
            tables.values().forEach(Table::empty);
            return true;
        });
    }

    /** Has happen again what a log kept. Not logged again. */
    public void replay(Entry.Written written) {
        locked(() -> {
            table(written.table()).apply(written);
            versions.advanceTo(written.version());
            return true;
        });
    }

    /** Has happen again what a log kept. Not logged again. */
    public void replay(TableDefinition definition) {
        locked(() -> apply(definition));
    }

    private boolean apply(TableDefinition definition) {
        Table old = tables.get(definition.logicalName());
        tables.put(definition.logicalName(), old == null ? new Table(definition) : old.under(definition));
        return true;
    }

    private boolean write(Entry.Kind kind, Table table, String id, Map<String, ?> columns) {
        Map<String, String> json = new Given(table.layout(), table.definition()).json(columns);
        Entry.Written entry =
                new Entry.Written(kind, table.definition().logicalName(), id, versions.take(), clock.instant(), json);
        log.append(entry);
        table.apply(entry);
        return true;
    }

    private static String newId(Table table, @Nullable String id, Map<String, ?> columns) {
        Object inColumns = columns.get(table.definition().primaryIdColumn());
        Object wanted = id != null ? id : inColumns != null ? inColumns : UUID.randomUUID();
        return Codec.Guids.canonical(wanted.toString());
    }

    private static void requireAbsent(Table table, String id) {
        if (table.row(id) != null) {
            throw new IllegalArgumentException("The table " + table.definition().logicalName()
                    + " already has a row with the id " + id + "; update it, or create it under another id");
        }
    }

    private Table table(String logicalName) {
        Table table = tables.get(logicalName);
        if (table == null) {
            throw new IllegalArgumentException("There is no table '" + logicalName + "' in the simulator; there are "
                    + String.join(", ", tables.keySet()) + ". Define it first");
        }
        return table;
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** All that is needed to make the organization again, in order; see {@link Entry}. */
    public List<Entry> snapshot() {
        return locked(() -> new Snapshot(tables.values(), versions.last()).entries());
    }
}
