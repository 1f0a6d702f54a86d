package io.github.cameldataverse.changes.testkit.internal.webapi;

import io.github.cameldataverse.changes.testkit.internal.odata.RowAddress;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of an entity set, of its count, or of one of its rows.
 *
 * @param kind of the resource
 * @param table of the entity set
 * @param row what names the row, empty for the other kinds
 */
record ResourcePath(Kind kind, TableSchema table, Optional<RowAddress> row) {
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?:\\((" + RowAddress.FORM + ")\\)|(/\\$count))?");

    /** What a path leads to. */
    enum Kind {
        ENTITY_SET,
        COUNT,
        ROW
    }

    /** The address that a path has; one with columns that are no key of the table is refused. */
    static Optional<ResourcePath> of(String path, OrganizationTables organization) {
        return form(path, organization, (matcher, table) -> {
            Optional<RowAddress> row = Optional.ofNullable(matcher.group(2)).map(text -> RowAddress.of(table, text));
            return new ResourcePath(kind(matcher), table, row);
        });
    }

    /** What a path leads to, whether or not its row can be addressed so. */
    static Optional<Kind> kind(String path, OrganizationTables organization) {
        return form(path, organization, (matcher, table) -> kind(matcher));
    }

    private static <T> Optional<T> form(
            String path, OrganizationTables organization, BiFunction<Matcher, TableSchema, T> result) {
        Matcher matcher = FORM.matcher(path);
        return matcher.matches()
                ? table(matcher.group(1), organization).map(table -> result.apply(matcher, table))
                : Optional.empty();
    }

    private static Kind kind(Matcher matcher) {
        if (matcher.group(2) != null) {
            return Kind.ROW;
        }
        return matcher.group(3) == null ? Kind.ENTITY_SET : Kind.COUNT;
    }

    private static Optional<TableSchema> table(String set, OrganizationTables organization) {
        return organization.definitions().stream()
                .filter(table -> table.entitySetName().equals(set))
                .findFirst();
    }
}
