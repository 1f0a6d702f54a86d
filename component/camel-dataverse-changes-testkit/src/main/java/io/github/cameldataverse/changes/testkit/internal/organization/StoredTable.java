package io.github.cameldataverse.changes.testkit.internal.organization;

import io.github.cameldataverse.changes.testkit.table.AlternateKey;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows and tombstones of one table. Not thread-safe: guarded by the lock of {@link OrganizationTables}, for reading too.
 */
public final class StoredTable {
    private final TableSchema definition;
    private final RowLayout layout;
    private final Map<String, StoredRow> byId = new HashMap<>();
    private final TreeMap<Long, StoredRow> byVersion = new TreeMap<>();
    private final Map<String, Tombstone> deletions = new HashMap<>();
    private final TreeMap<Long, Tombstone> tombstones = new TreeMap<>();

    StoredTable(TableSchema definition) {
        this.definition = definition;
        this.layout = new RowLayout(definition);
    }

    /** Its names and columns. */
    public TableSchema definition() {
        return definition;
    }

    /** The positions of its columns in a row. */
    public RowLayout layout() {
        return layout;
    }

    /** The row with this id, if there is one. */
    public Optional<StoredRow> row(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The row that has these values, if there is one. A value that the type of its column cannot have is an IllegalArgumentException. */
    public Optional<StoredRow> row(Map<String, ?> values) {
        Map<String, String> json = new WrittenColumns(layout, definition).json(values);
        json.keySet().retainAll(values.keySet());
        return byVersion.values().stream().filter(row -> has(row, json)).findFirst();
    }

    private boolean has(StoredRow row, Map<String, String> json) {
        return json.entrySet().stream()
                .allMatch(each ->
                        row.json(layout.position(each.getKey()).orElseThrow()).equals(each.getValue()));
    }

    /** Two rows cannot have the same values in the columns of an alternate key. */
    public static final class DuplicateKeyException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        DuplicateKeyException(AlternateKey key) {
            super(
                    "A record that has the attribute values " + String.join(", ", key.columns())
                            + " already exists. The entity key " + key.schemaName()
                            + " requires that this set of attributes contains unique values. Select unique values and try again.");
        }
    }

    /**
     * Refuses a write after which two rows would have one key.
     *
     * @param before the row that is changed or restored, if there is one
     * @param written the JSON of the columns written, by name
     */
    void requireUnique(String id, Optional<StoredRow> before, Map<String, String> written) {
        for (AlternateKey key : definition.alternateKeys()) {
            Map<String, String> values = new HashMap<>();
            key.columns()
                    .forEach(name -> values.put(
                            name,
                            Optional.ofNullable(written.get(name))
                                    .or(() -> before.flatMap(
                                            row -> layout.position(name).map(row::json)))
                                    .orElse("null")));
            boolean taken = !values.containsValue("null")
                    && byVersion.values().stream().anyMatch(row -> !row.id().equals(id) && has(row, values));
            if (taken) {
                throw new DuplicateKeyException(key);
            }
        }
    }

    /** All rows, by ascending version. */
    public Collection<StoredRow> rows() {
        return byVersion.values();
    }

    /** The rows with {@code after < version <= upTo}, by ascending version. */
    public NavigableMap<Long, StoredRow> rows(long after, long upTo) {
        return upTo <= after ? new TreeMap<>() : byVersion.subMap(after, false, upTo, true);
    }

    /** The tombstones with {@code after < version <= upTo}, by ascending version, revoked ones included. */
    public NavigableMap<Long, Tombstone> tombstones(long after, long upTo) {
        return upTo <= after ? new TreeMap<>() : tombstones.subMap(after, false, upTo, true);
    }

    void apply(OrganizationEvent.Written write) {
        switch (write.kind()) {
            case CREATE -> put(new RowBuilder(layout, write).created());
            case UPDATE -> put(new RowBuilder(layout, write).changed(present(write.id())));
            case RESTORE -> put(new RowBuilder(layout, write).changed(deleted(write.id())));
            case DELETE -> delete(write);
        }
    }

    int size() {
        return byVersion.size() + tombstones.size();
    }

    void empty() {
        byId.clear();
        byVersion.clear();
        deletions.clear();
        tombstones.clear();
    }

    void requireAbsent(String id) {
        if (byId.containsKey(id)) {
            throw new IllegalArgumentException("The table " + definition.logicalName()
                    + " already has a row with the id " + id + "; update it, or create it under another id");
        }
    }

    StoredRow present(String id) {
        return row(id).orElseThrow(() -> new IllegalArgumentException(
                "The table " + definition.logicalName() + " has no row with the id " + id + "; create it first"));
    }

    StoredRow deleted(String id) {
        return Optional.ofNullable(deletions.get(id))
                .map(Tombstone::row)
                .orElseThrow(() -> new IllegalArgumentException("The table " + definition.logicalName()
                        + " has no deleted row with the id " + id + "; only a deleted row can be restored"));
    }

    private void put(StoredRow row) {
        revoke(row.id());
        removeVersion(byId.get(row.id()));
        add(row);
    }

    private void delete(OrganizationEvent.Written write) {
        StoredRow row = present(write.id());
        byId.remove(row.id());
        byVersion.remove(row.version());
        add(new Tombstone(row, write.version(), write.at(), false), row);
    }

    private void revoke(String id) {
        Tombstone tombstone = deletions.remove(id);
        if (tombstone != null) {
            tombstones.put(tombstone.version(), tombstone.revoke());
        }
    }

    private void removeVersion(@Nullable StoredRow old) {
        if (old != null) {
            byVersion.remove(old.version());
        }
    }

    /** The same rows with another definition: new columns are empty, removed ones are left out. */
    StoredTable redefined(TableSchema other) {
        StoredTable table = new StoredTable(other);
        byVersion.values().forEach(row -> table.add(RowBuilder.withLayout(row, layout, table.layout)));
        tombstones
                .values()
                .forEach(tombstone ->
                        table.add(tombstone, RowBuilder.withLayout(tombstone.row(), layout, table.layout)));
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
            deletions.put(tombstone.id(), tombstone);
        }
    }
}
