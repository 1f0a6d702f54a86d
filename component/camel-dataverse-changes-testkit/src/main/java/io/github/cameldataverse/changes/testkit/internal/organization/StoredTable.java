package io.github.cameldataverse.changes.testkit.internal.organization;

import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows and tombstones of one table. Not thread-safe: {@link OrganizationTables} holds the lock, for reading too; see
 * {@link OrganizationTables#read}.
 */
public final class StoredTable {
    private final TableSchema definition;
    private final RowLayout layout;
    private final Map<String, StoredRow> byId = new HashMap<>();
    private final TreeMap<Long, StoredRow> byVersion = new TreeMap<>();
    private final Map<String, Tombstone> graves = new HashMap<>();
    private final TreeMap<Long, Tombstone> tombstones = new TreeMap<>();

    StoredTable(TableSchema definition) {
        this.definition = definition;
        this.layout = new RowLayout(definition);
    }

    /** What it is called and which columns it has. */
    public TableSchema definition() {
        return definition;
    }

    /** Where its columns stand in a row. */
    public RowLayout layout() {
        return layout;
    }

    /** The row of this id, or null. */
    public @Nullable StoredRow row(String id) {
        return byId.get(id);
    }

    /** The tombstone of this id, or null; one that was revoked by a row coming back is none. */
    public @Nullable Tombstone grave(String id) {
        return graves.get(id);
    }

    /** All rows, by rising version. */
    public Collection<StoredRow> rows() {
        return byVersion.values();
    }

    /** The rows with {@code after < version <= upTo}, by rising version. */
    public NavigableMap<Long, StoredRow> rows(long after, long upTo) {
        return upTo <= after ? new TreeMap<>() : byVersion.subMap(after, false, upTo, true);
    }

    /** The tombstones with {@code after < version <= upTo}, by rising version, revoked ones included. */
    public NavigableMap<Long, Tombstone> tombstones(long after, long upTo) {
        return upTo <= after ? new TreeMap<>() : tombstones.subMap(after, false, upTo, true);
    }

    void apply(OrganizationEvent.Written write) {
        switch (write.kind()) {
            case CREATE -> put(new RowBuilder(layout, write).born());
            case UPDATE -> put(new RowBuilder(layout, write).from(present(write.id())));
            case RESTORE -> put(new RowBuilder(layout, write).from(buried(write.id())));
            case DELETE -> bury(write);
        }
    }

    int size() {
        return byVersion.size() + tombstones.size();
    }

    void empty() {
        byId.clear();
        byVersion.clear();
        graves.clear();
        tombstones.clear();
    }

    void requireAbsent(String id) {
        if (byId.containsKey(id)) {
            throw new IllegalArgumentException("The table " + definition.logicalName()
                    + " already has a row with the id " + id + "; update it, or create it under another id");
        }
    }

    StoredRow present(String id) {
        StoredRow row = byId.get(id);
        if (row == null) {
            throw new IllegalArgumentException(
                    "The table " + definition.logicalName() + " has no row with the id " + id + "; create it first");
        }
        return row;
    }

    StoredRow buried(String id) {
        Tombstone tombstone = graves.get(id);
        if (tombstone == null) {
            throw new IllegalArgumentException("The table " + definition.logicalName()
                    + " has no deleted row with the id " + id + "; only a deleted row can be restored");
        }
        return tombstone.row();
    }

    private void put(StoredRow row) {
        revoke(row.id());
        forget(byId.get(row.id()));
        add(row);
    }

    private void bury(OrganizationEvent.Written write) {
        StoredRow row = present(write.id());
        byId.remove(row.id());
        byVersion.remove(row.version());
        add(new Tombstone(row, write.version(), write.at(), false), row);
    }

    private void revoke(String id) {
        Tombstone tombstone = graves.remove(id);
        if (tombstone != null) {
            tombstones.put(tombstone.version(), tombstone.revoke());
        }
    }

    private void forget(@Nullable StoredRow old) {
        if (old != null) {
            byVersion.remove(old.version());
        }
    }

    /** The same rows under another definition: a column that is new is empty, one that is gone is gone. */
    StoredTable under(TableSchema other) {
        StoredTable table = new StoredTable(other);
        byVersion.values().forEach(row -> table.add(RowBuilder.moved(row, layout, table.layout)));
        tombstones
                .values()
                .forEach(tombstone -> table.add(tombstone, RowBuilder.moved(tombstone.row(), layout, table.layout)));
        return table;
    }

    private void add(StoredRow row) {
        byId.put(row.id(), row);
        byVersion.put(row.version(), row);
    }

    private void add(Tombstone old, StoredRow row) {
        Tombstone tombstone = new Tombstone(row, old.version(), old.deletedAt(), old.revoked());
        tombstones.put(tombstone.version(), tombstone);
        if (!tombstone.revoked()) {
            graves.put(tombstone.id(), tombstone);
        }
    }
}
