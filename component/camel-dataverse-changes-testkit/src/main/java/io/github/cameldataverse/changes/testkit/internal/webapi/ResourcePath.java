package io.github.cameldataverse.changes.testkit.internal.webapi;

import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a path names: a set, its count, or one of its rows.
 *
 * @param table whose set it is
 * @param id of a row, in lower case, if one is named
 * @param count whether the count is asked for
 */
record ResourcePath(TableSchema table, Optional<String> id, boolean count) {
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?:\\(([0-9a-fA-F-]{36})\\)|(/\\$count))?");

    static Optional<ResourcePath> of(String path, OrganizationTables organization) {
        Matcher matcher = FORM.matcher(path);
        return matcher.matches()
                ? table(matcher.group(1), organization)
                        .map(table -> new ResourcePath(table, id(matcher), matcher.group(3) != null))
                : Optional.empty();
    }

    boolean isSet() {
        return id.isEmpty() && !count;
    }

    private static Optional<String> id(Matcher matcher) {
        return Optional.ofNullable(matcher.group(2)).map(id -> id.toLowerCase(Locale.ROOT));
    }

    private static Optional<TableSchema> table(String set, OrganizationTables organization) {
        return organization.definitions().stream()
                .filter(table -> table.entitySetName().equals(set))
                .findFirst();
    }
}
