package io.github.cameldataverse.changes.testkit.internal.soap;

import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.organization.RowValues;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredTable;
import java.util.Optional;

/** The primary names of the rows that lookups point to, if the simulator has them. */
record LookupNames(OrganizationTables organization) {
    Optional<String> of(String table, String id) {
        boolean known = organization.definitions().stream()
                .anyMatch(each -> each.logicalName().equals(table));
        return known ? organization.read(table, rows -> name(rows, id)) : Optional.empty();
    }

    private static Optional<String> name(StoredTable table, String id) {
        String column = table.definition().names().primaryNameColumn();
        return table.row(id)
                .flatMap(row -> table.layout()
                        .position(column)
                        .flatMap(position -> RowValues.at(table.layout(), row, position)))
                .map(Object::toString);
    }
}
