package io.github.cameldataverse.changes.testkit.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fewest entries that make an organization again: its rows and tombstones as they are, not how they came about. */
record Snapshot(Collection<Table> tables, long lastVersion) {
    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        tables.forEach(table -> entries.add(new Entry.Defined(table.definition())));
        List<Entry.Written> writes = new ArrayList<>();
        tables.forEach(table -> addWrites(table, writes));
        writes.sort(Comparator.comparingLong(Entry.Written::version));
        entries.addAll(writes);
        entries.add(new Entry.Advanced(lastVersion));
        return entries;
    }

    private static void addWrites(Table table, List<Entry.Written> writes) {
        table.rows().forEach(row -> writes.add(birth(table, row)));
        for (Tombstone tombstone : table.tombstones(0, Long.MAX_VALUE).values()) {
            writes.add(birth(table, tombstone.row()));
            writes.add(new Entry.Written(
                    Entry.Kind.DELETE,
                    table.definition().logicalName(),
                    tombstone.id(),
                    tombstone.version(),
                    tombstone.deletedAt(),
                    Map.of()));
        }
    }

    private static Entry.Written birth(Table table, Row row) {
        Layout layout = table.layout();
        Map<String, String> columns = new LinkedHashMap<>();
        for (int i = 0; i < layout.primaryId(); i++) {
            columns.put(layout.column(i).name(), row.json(i));
        }
        return new Entry.Written(
                Entry.Kind.CREATE, table.definition().logicalName(), row.id(), row.version(), row.changedAt(), columns);
    }
}
