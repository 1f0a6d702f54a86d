package io.github.cameldataverse.changes.testkit.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The fewest entries that make an organization again: its rows and tombstones as they are, not how they came about. */
record Snapshot(Collection<Table> tables, long floor, long lastVersion) {
    /** An entry to be made when its turn comes: all at once would be the organization a second time in memory. */
    private record Pending(long version, Supplier<Entry> entry) {}

    void writeTo(Consumer<Entry> entries) {
        tables.forEach(table -> entries.accept(new Entry.Defined(table.definition())));
        entries.accept(new Entry.Advanced(floor + 1));
        List<Pending> writes = new ArrayList<>();
        tables.forEach(table -> addWrites(table, writes));
        writes.sort(Comparator.comparingLong(Pending::version));
        writes.forEach(write -> entries.accept(write.entry().get()));
        entries.accept(new Entry.Advanced(lastVersion));
    }

    private static void addWrites(Table table, List<Pending> writes) {
        table.rows().forEach(row -> writes.add(new Pending(row.version(), () -> birth(table, row))));
        for (Tombstone tombstone : table.tombstones(0, Long.MAX_VALUE).values()) {
            Row row = tombstone.row();
            writes.add(new Pending(row.version(), () -> birth(table, row)));
            writes.add(new Pending(tombstone.version(), () -> death(table, tombstone)));
        }
    }

    private static Entry death(Table table, Tombstone tombstone) {
        return new Entry.Written(
                Entry.Kind.DELETE,
                table.definition().logicalName(),
                tombstone.id(),
                tombstone.version(),
                tombstone.deletedAt(),
                Map.of());
    }

    private static Entry birth(Table table, Row row) {
        Layout layout = table.layout();
        Map<String, String> columns = new LinkedHashMap<>();
        for (int i = 0; i < layout.primaryId(); i++) {
            columns.put(layout.column(i).name(), row.json(i));
        }
        return new Entry.Written(
                Entry.Kind.CREATE, table.definition().logicalName(), row.id(), row.version(), row.changedAt(), columns);
    }
}
