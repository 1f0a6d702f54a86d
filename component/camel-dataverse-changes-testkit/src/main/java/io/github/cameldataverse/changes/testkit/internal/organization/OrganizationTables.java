package io.github.cameldataverse.changes.testkit.internal.organization;

import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The tables of one organization. Thread-safe: there is one lock for all of them, since their row versions are one sequence.
 * Every event is written to the log before it takes effect.
 */
public final class OrganizationTables {
    private final ReentrantLock lock = new ReentrantLock();
    private final StoredTables tables = new StoredTables();
    private final RowVersionSequence versions = new RowVersionSequence();
    private final Clock clock;
    private WriteAheadLog log = WriteAheadLog.NONE;
    private Optional<UUID> id = Optional.empty();

    /** An organization without tables. */
    public OrganizationTables(Clock clock) {
        this.clock = clock;
    }

    /** Writes all events to this log from now on, each before it takes effect. */
    public void keepIn(WriteAheadLog writeLog) {
        locked(() -> log = writeLog);
    }

    /** Gives it the id wanted; without one, it keeps the id that the log has, or else gets an id that no other one has. */
    public void identify(Optional<UUID> wanted) {
        withLock(() -> {
            UUID chosen = wanted.or(() -> id).orElseGet(UUID::randomUUID);
            if (!id.equals(Optional.of(chosen))) {
                log.append(new OrganizationEvent.Identified(chosen));
                id = Optional.of(chosen);
            }
        });
    }

    /** The id of the organization. */
    public UUID id() {
        return locked(() -> id.orElseThrow());
    }

    /** The row versions that all tables share. */
    public RowVersionSequence versions() {
        return versions;
    }

    /** The clock of the organization. */
    public Clock clock() {
        return clock;
    }

    /** Defines a table, or gives the one of this logical name another definition; its rows stay. */
    public void define(TableSchema definition) {
        withLock(() -> {
            log.append(new OrganizationEvent.Defined(definition));
            tables.define(definition);
        });
    }

    /** The definitions of all tables, in the order in which they were defined. */
    public List<TableSchema> definitions() {
        return locked(tables::definitions);
    }

    /** The result of the reader, which runs while no write takes place. The result must not be a view of the table. */
    public <T> T read(String logicalName, Function<StoredTable, T> reader) {
        return locked(() -> reader.apply(tables.named(logicalName)));
    }

    /** Creates a row and returns its id: the one among the columns, or a new one. */
    public String create(String logicalName, Map<String, ?> columns) {
        return locked(() -> create(tables.named(logicalName), newId(logicalName, columns), columns));
    }

    /** Creates a row with this id. */
    public String create(String logicalName, String id, Map<String, ?> columns) {
        return locked(() -> create(tables.named(logicalName), ColumnCodec.guid(id), columns));
    }

    /** Takes a version for a new row now; the supplier creates the row with it and returns its id. */
    public Supplier<String> createUncommitted(String logicalName, Map<String, ?> columns) {
        return locked(() -> {
            StoredTable table = tables.named(logicalName);
            String id = newId(logicalName, columns);
            Map<String, String> json = json(table, columns);
            table.requireUnique(id, Optional.empty(), json);
            long version = versions.takeUncommitted();
            return () -> commit(new OrganizationEvent.Written(
                    OrganizationEvent.Kind.CREATE, logicalName, id, version, clock.instant(), json));
        });
    }

    /** Changes the columns given. */
    public void update(String logicalName, String id, Map<String, ?> columns) {
        withLock(() -> {
            StoredTable table = tables.named(logicalName);
            StoredRow row = table.present(ColumnCodec.guid(id));
            write(OrganizationEvent.Kind.UPDATE, table, row.id(), columns);
        });
    }

    /** Deletes a row. */
    public void delete(String logicalName, String id) {
        withLock(() -> {
            StoredTable table = tables.named(logicalName);
            StoredRow row = table.present(ColumnCodec.guid(id));
            write(OrganizationEvent.Kind.DELETE, table, row.id(), Map.of());
        });
    }

    /** Brings a deleted row back under its id, with its last values and a new version. */
    public void restore(String logicalName, String id) {
        withLock(() -> {
            StoredTable table = tables.named(logicalName);
            StoredRow row = table.deleted(ColumnCodec.guid(id));
            write(OrganizationEvent.Kind.RESTORE, table, row.id(), Map.of());
        });
    }

    /** Removes all rows and tombstones, and leaves only tables with these definitions. Versions go on rising. */
    public void resetTo(List<TableSchema> definitions) {
        withLock(() -> {
            log.append(new OrganizationEvent.Emptied());
            tables.empty();
            List<String> names =
                    definitions.stream().map(TableSchema::logicalName).toList();
            tables.names().stream().filter(name -> !names.contains(name)).forEach(this::remove);
            definitions.stream()
                    .filter(each -> !tables.definitions().contains(each))
                    .forEach(this::define);
        });
    }

    private void remove(String logicalName) {
        log.append(new OrganizationEvent.Removed(logicalName));
        tables.remove(logicalName);
    }

    /** Applies events that were read from a log, without logging them again. Moves of the clock are passed on. */
    public OrganizationEvent.Replay replay(Consumer<Duration> clockMoves) {
        return new EventReplay(tables, versions, clockMoves, known -> id = Optional.of(known));
    }

    /** Passes on the fewest events that make up the organization, in order. */
    public void snapshot(Consumer<OrganizationEvent> events) {
        withLock(() -> {
            id.ifPresent(known -> events.accept(new OrganizationEvent.Identified(known)));
            new OrganizationSnapshot(tables.all(), versions.floor(), versions.last()).writeTo(events);
        });
    }

    /** How many rows and tombstones there are. */
    public long size() {
        return locked(() -> tables.all().stream().mapToLong(StoredTable::size).sum());
    }

    private String create(StoredTable table, String id, Map<String, ?> columns) {
        table.requireAbsent(id);
        write(OrganizationEvent.Kind.CREATE, table, id, columns);
        return id;
    }

    private void write(OrganizationEvent.Kind kind, StoredTable table, String id, Map<String, ?> columns) {
        Map<String, String> json = json(table, columns);
        if (kind != OrganizationEvent.Kind.DELETE) {
            table.requireUnique(id, before(kind, table, id), json);
        }
        String name = table.definition().logicalName();
        apply(table, new OrganizationEvent.Written(kind, name, id, versions.take(), clock.instant(), json));
    }

    private static Optional<StoredRow> before(OrganizationEvent.Kind kind, StoredTable table, String id) {
        return switch (kind) {
            case UPDATE -> table.row(id);
            case RESTORE -> Optional.of(table.deleted(id));
            case CREATE, DELETE -> Optional.empty();
        };
    }

    private String commit(OrganizationEvent.Written event) {
        return locked(() -> {
            versions.committed(event.version());
            apply(tables.named(event.table()), event);
            return event.id();
        });
    }

    private void apply(StoredTable table, OrganizationEvent.Written event) {
        log.append(event);
        table.apply(event);
    }

    private static Map<String, String> json(StoredTable table, Map<String, ?> columns) {
        return new WrittenColumns(table.layout(), table.definition()).json(columns);
    }

    private String newId(String logicalName, Map<String, ?> columns) {
        Object inColumns = columns.get(tables.named(logicalName).definition().primaryIdColumn());
        return inColumns == null ? UUID.randomUUID().toString() : ColumnCodec.guid(inColumns.toString());
    }

    private void withLock(Runnable work) {
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
