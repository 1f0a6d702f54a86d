package io.github.cameldataverse.changes.testkit.internal.webapi;

import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of an entity set, of its count, or of one of its rows.
 *
 * @param kind of the resource
 * @param table of the entity set
 * @param id of the row in lower case, empty for the other kinds
 */
record ResourcePath(Kind kind, TableSchema table, String id) {
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?:\\(([0-9a-fA-F-]{36})\\)|(/\\$count))?");

    /** What a path leads to. */
    enum Kind {
        ENTITY_SET,
        COUNT,
        ROW
    }

    static Optional<ResourcePath> of(String path, OrganizationTables organization) {
        Matcher matcher = FORM.matcher(path);
        return matcher.matches()
                ? table(matcher.group(1), organization).map(table -> of(matcher, table))
                : Optional.empty();
    }

    private static ResourcePath of(Matcher matcher, TableSchema table) {
        if (matcher.group(2) != null) {
            return new ResourcePath(Kind.ROW, table, matcher.group(2).toLowerCase(Locale.ROOT));
        }
        return new ResourcePath(matcher.group(3) == null ? Kind.ENTITY_SET : Kind.COUNT, table, "");
    }

    private static Optional<TableSchema> table(String set, OrganizationTables organization) {
        return organization.definitions().stream()
                .filter(table -> table.entitySetName().equals(set))
                .findFirst();
    }
}
