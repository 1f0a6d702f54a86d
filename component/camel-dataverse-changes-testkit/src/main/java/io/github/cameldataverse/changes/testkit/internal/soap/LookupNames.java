package io.github.cameldataverse.changes.testkit.internal.soap;

import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.organization.RowValues;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredRow;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredTable;
import java.util.Optional;

/** What the rows are called that lookups point to, if they are here. */
record LookupNames(OrganizationTables organization) {
    Optional<String> of(String table, String id) {
        boolean known = organization.definitions().stream()
                .anyMatch(each -> each.logicalName().equals(table));
        return known ? organization.read(table, rows -> name(rows, id)) : Optional.empty();
    }

    private static Optional<String> name(StoredTable table, String id) {
        StoredRow row = table.row(id);
        return row == null
                ? Optional.empty()
                : table.layout()
                        .position(table.definition().names().primaryNameColumn())
                        .flatMap(position -> RowValues.at(table.layout(), row, position))
                        .map(Object::toString);
    }
}
