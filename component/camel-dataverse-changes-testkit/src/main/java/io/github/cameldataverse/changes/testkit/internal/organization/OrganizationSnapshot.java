package io.github.cameldataverse.changes.testkit.internal.organization;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The fewest events that make up an organization: its rows and tombstones as they are, without their history. */
record OrganizationSnapshot(Collection<StoredTable> tables, long floor, long lastVersion) {
    /** An event that is made when it is written out: all at once would take the memory of the organization again. */
    private record Pending(long version, Supplier<OrganizationEvent> entry) {}

    void writeTo(Consumer<OrganizationEvent> entries) {
        tables.forEach(table -> entries.accept(new OrganizationEvent.Defined(table.definition())));
        entries.accept(new OrganizationEvent.Advanced(floor + 1));
        List<Pending> writes = new ArrayList<>();
        tables.forEach(table -> addWrites(table, writes));
        writes.sort(Comparator.comparingLong(Pending::version));
        writes.forEach(write -> entries.accept(write.entry().get()));
        entries.accept(new OrganizationEvent.Advanced(lastVersion));
    }

    private static void addWrites(StoredTable table, List<Pending> writes) {
        table.rows().forEach(row -> writes.add(new Pending(row.version(), () -> creation(table, row))));
        for (Tombstone tombstone : table.tombstones(0, Long.MAX_VALUE).values()) {
            StoredRow row = tombstone.row();
            writes.add(new Pending(row.version(), () -> creation(table, row)));
            writes.add(new Pending(tombstone.version(), () -> deletion(table, tombstone)));
        }
    }

    private static OrganizationEvent deletion(StoredTable table, Tombstone tombstone) {
        return new OrganizationEvent.Written(
                OrganizationEvent.Kind.DELETE,
                table.definition().logicalName(),
                tombstone.id(),
                tombstone.version(),
                tombstone.deletedAt(),
                Map.of());
    }

    private static OrganizationEvent creation(StoredTable table, StoredRow row) {
        RowLayout layout = table.layout();
        Map<String, String> columns = new LinkedHashMap<>();
        for (int i = 0; i < layout.primaryId(); i++) {
            columns.put(layout.column(i).name(), row.json(i));
        }
        return new OrganizationEvent.Written(
                OrganizationEvent.Kind.CREATE,
                table.definition().logicalName(),
                row.id(),
                row.version(),
                row.changedAt(),
                columns);
    }
}
