package io.github.cameldataverse.changes.testkit;

import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.organization.RowValues;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredRow;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredTable;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A table of the simulator, for tests to write to. A value may be a String, Integer, Long, BigDecimal (sent with its
 * scale), Double, Boolean, UUID, LocalDate, Instant, OffsetDateTime or null, as far as the type of the column takes it.
 * A value that does not fit is an IllegalArgumentException that says so. Thread-safe.
 */
public final class SimulatedTable {
    private final OrganizationTables organization;
    private final String name;

    SimulatedTable(OrganizationTables organization, String name) {
        this.organization = organization;
        this.name = name;
    }

    /** Creates a row and returns its new id, a lower-case GUID. */
    public String create(Map<String, ?> columns) {
        return organization.create(name, columns);
    }

    /** Creates a row with this id. */
    public String create(String id, Map<String, ?> columns) {
        return organization.create(name, id, columns);
    }

    /** Begins to create a row: it has a row version from now on, but exists only when it is committed. */
    public UncommittedRow createUncommitted(Map<String, ?> columns) {
        return new UncommittedRow(organization.createUncommitted(name, columns));
    }

    /** Changes these columns; the others keep their values. */
    public void update(String id, Map<String, ?> columns) {
        organization.update(name, id, columns);
    }

    /** Deletes a row; a tombstone remains. */
    public void delete(String id) {
        organization.delete(name, id);
    }

    /** Restores a deleted row with its last values. */
    public void restore(String id) {
        organization.restore(name, id);
    }

    /**
     * All rows as they are now: by id, then by column; an empty column is null. Values have one Java type per type of
     * column: String for text, several choices, lookups and ids; Integer for whole numbers, choices, state and status;
     * Long for big numbers; BigDecimal for decimals, money and floating-point numbers; Boolean; LocalDate; Instant.
     */
    public Map<String, Map<String, @Nullable Object>> rows() {
        return organization.read(name, table -> {
            Map<String, Map<String, @Nullable Object>> rows = new LinkedHashMap<>();
            table.rows().forEach(row -> rows.put(row.id(), RowValues.of(table, row)));
            return rows;
        });
    }

    /** One row as {@link #rows()} has it. */
    public Map<String, @Nullable Object> row(String id) {
        return organization.read(name, table -> RowValues.of(table, present(table, id)));
    }

    /** The ids of all rows. */
    public List<String> ids() {
        return organization.read(
                name, table -> table.rows().stream().map(StoredRow::id).toList());
    }

    /** Whether there is a row with this id. */
    public boolean contains(String id) {
        return organization.read(name, table -> table.row(id).isPresent());
    }

    /** The row version of a row. */
    public long version(String id) {
        return organization.read(name, table -> present(table, id)).version();
    }

    /** The number of rows. */
    public int size() {
        return organization.read(name, table -> table.rows().size());
    }

    /** Its names and columns. */
    public TableSchema definition() {
        return organization.read(name, StoredTable::definition);
    }

    /** Enables change tracking. As on the platform, it cannot be disabled again. */
    public void enableTracking() {
        organization.define(definition().tracked(true));
    }

    private StoredRow present(StoredTable table, String id) {
        return table.row(UUID.fromString(id).toString())
                .orElseThrow(() -> new IllegalArgumentException("The table " + name + " has no row with the id " + id));
    }
}
