package io.github.cameldataverse.changes.testkit.soap;

import io.github.cameldataverse.changes.testkit.model.Organization;
import io.github.cameldataverse.changes.testkit.model.Row;
import io.github.cameldataverse.changes.testkit.model.RowValues;
import io.github.cameldataverse.changes.testkit.model.Table;
import java.util.Optional;

/** What the rows are called that lookups point to, if they are here. */
record LookupNames(Organization organization) {
    Optional<String> of(String table, String id) {
        boolean known = organization.definitions().stream()
                .anyMatch(each -> each.logicalName().equals(table));
        return known ? organization.read(table, rows -> name(rows, id)) : Optional.empty();
    }

    private static Optional<String> name(Table table, String id) {
        Row row = table.row(id);
        return row == null
                ? Optional.empty()
                : table.layout()
                        .position(table.definition().names().primaryNameColumn())
                        .flatMap(position -> RowValues.at(table.layout(), row, position))
                        .map(Object::toString);
    }
}
