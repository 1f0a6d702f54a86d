package io.github.cameldataverse.changes.testkit.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows and tombstones of one table. Not thread-safe: {@link Organization} holds the lock, for reading too; see
 * {@link Organization#read}.
 */
public final class Table {
    private static final byte[] NULL = "null".getBytes(UTF_8);

    private final TableDefinition definition;
    private final Layout layout;
    private final Map<String, Row> byId = new HashMap<>();
    private final TreeMap<Long, Row> byVersion = new TreeMap<>();
    private final Map<String, Tombstone> graves = new HashMap<>();
    private final TreeMap<Long, Tombstone> tombstones = new TreeMap<>();

    Table(TableDefinition definition) {
        this.definition = definition;
        this.layout = new Layout(definition);
    }

    /** What it is called and which columns it has. */
    public TableDefinition definition() {
        return definition;
    }

    /** Where its columns stand in a row. */
    public Layout layout() {
        return layout;
    }

    /** The row of this id, or null. */
    public @Nullable Row row(String id) {
        return byId.get(id);
    }

    /** The tombstone of this id, or null; one that was revoked by a row coming back is none. */
    public @Nullable Tombstone grave(String id) {
        return graves.get(id);
    }

    /** All rows, by rising version. */
    public Collection<Row> rows() {
        return byVersion.values();
    }

    /** The rows with {@code after < version <= upTo}, by rising version. */
    public NavigableMap<Long, Row> rows(long after, long upTo) {
        return upTo <= after ? new TreeMap<>() : byVersion.subMap(after, false, upTo, true);
    }

    /** The tombstones with {@code after < version <= upTo}, by rising version, revoked ones included. */
    public NavigableMap<Long, Tombstone> tombstones(long after, long upTo) {
        return upTo <= after ? new TreeMap<>() : tombstones.subMap(after, false, upTo, true);
    }

    void apply(Entry.Written write) {
        switch (write.kind()) {
            case CREATE -> put(write, empty(write));
            case UPDATE -> put(write, values(present(write.id())));
            case RESTORE -> put(write, values(buried(write.id())));
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

    Row present(String id) {
        Row row = byId.get(id);
        if (row == null) {
            throw new IllegalArgumentException(
                    "The table " + definition.logicalName() + " has no row with the id " + id + "; create it first");
        }
        return row;
    }

    Row buried(String id) {
        Tombstone tombstone = graves.get(id);
        if (tombstone == null) {
            throw new IllegalArgumentException("The table " + definition.logicalName()
                    + " has no deleted row with the id " + id + "; only a deleted row can be restored");
        }
        return tombstone.row();
    }

    private void put(Entry.Written write, List<byte[]> values) {
        write.columns().forEach((name, json) -> set(values, name, json));
        maintain(write, values);
        revoke(write.id());
        forget(byId.get(write.id()));
        add(new Row(write.id(), write.version(), write.at(), values));
    }

    private void maintain(Entry.Written write, List<byte[]> values) {
        boolean born = write.kind() == Entry.Kind.CREATE;
        String now = ColumnType.DATE_TIME.json(write.at());
        if (born) {
            unlessGiven(write, values, "createdon", now);
            unlessGiven(write, values, "statecode", "0");
        }
        if (born || write.columns().containsKey("statecode")) {
            boolean inactive = "1".equals(write.columns().get("statecode"));
            unlessGiven(write, values, "statuscode", inactive ? "2" : "1");
        }
        unlessGiven(write, values, "modifiedon", now);
        set(values, "versionnumber", Long.toString(write.version()));
    }

    private void unlessGiven(Entry.Written write, List<byte[]> values, String name, String json) {
        if (!write.columns().containsKey(name)) {
            set(values, name, json);
        }
    }

    private void set(List<byte[]> values, String name, String json) {
        layout.position(name).ifPresent(position -> values.set(position, json.getBytes(UTF_8)));
    }

    private List<byte[]> empty(Entry.Written write) {
        List<byte[]> values = new ArrayList<>(layout.size());
        for (int i = 0; i < layout.size(); i++) {
            values.add(NULL);
        }
        values.set(layout.primaryId(), ColumnType.UNIQUE_ID.json(write.id()).getBytes(UTF_8));
        return values;
    }

    private List<byte[]> values(Row row) {
        List<byte[]> values = new ArrayList<>(layout.size());
        for (int i = 0; i < layout.size(); i++) {
            values.add(row.bytes(i));
        }
        return values;
    }

    private void bury(Entry.Written write) {
        Row row = present(write.id());
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

    private void forget(@Nullable Row old) {
        if (old != null) {
            byVersion.remove(old.version());
        }
    }

    /** The same rows under another definition: a column that is new is empty, one that is gone is gone. */
    Table under(TableDefinition other) {
        Table table = new Table(other);
        byVersion.values().forEach(row -> table.add(table.moved(row, layout)));
        tombstones.values().forEach(tombstone -> table.add(tombstone, table.moved(tombstone.row(), layout)));
        return table;
    }

    private void add(Row row) {
        byId.put(row.id(), row);
        byVersion.put(row.version(), row);
    }

    private void add(Tombstone old, Row row) {
        Tombstone tombstone = new Tombstone(row, old.version(), old.deletedAt(), old.revoked());
        tombstones.put(tombstone.version(), tombstone);
        if (!tombstone.revoked()) {
            graves.put(tombstone.id(), tombstone);
        }
    }

    private Row moved(Row row, Layout from) {
        List<byte[]> values = layout.columns().stream()
                .map(column -> from.position(column.name()).map(row::bytes).orElse(NULL))
                .toList();
        return new Row(row.id(), row.version(), row.changedAt(), values);
    }
}
