package io.github.cameldataverse.changes.testkit.table;

import io.github.cameldataverse.changes.testkit.internal.argument.Argument;

/**
 * The five names of a table.
 *
 * @param logicalName for example {@code account}
 * @param schemaName for example {@code Account}
 * @param entitySetName for example {@code accounts}
 * @param primaryIdColumn for example {@code accountid}
 * @param primaryNameColumn for example {@code name}
 */
public record TableNames(
        String logicalName, String schemaName, String entitySetName, String primaryIdColumn, String primaryNameColumn) {
    public TableNames {
        if (!logicalName.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("'" + logicalName
                    + "' is not a logical name: lower-case letters, digits and underscores, beginning with a letter");
        }
        Argument.text("The schema name of " + logicalName, schemaName);
        Argument.text("The entity set name of " + logicalName, entitySetName);
        Argument.text("The primary id column of " + logicalName, primaryIdColumn);
        Argument.text("The primary name column of " + logicalName, primaryNameColumn);
    }

    static TableNames of(String logicalName) {
        Argument.text("The logical name", logicalName);
        String schemaName = Character.toUpperCase(logicalName.charAt(0)) + logicalName.substring(1);
        return new TableNames(logicalName, schemaName, logicalName + "s", logicalName + "id", "name");
    }

    TableNames schemaName(String name) {
        return new TableNames(logicalName, name, entitySetName, primaryIdColumn, primaryNameColumn);
    }

    TableNames entitySetName(String name) {
        return new TableNames(logicalName, schemaName, name, primaryIdColumn, primaryNameColumn);
    }

    TableNames primaryIdColumn(String name) {
        return new TableNames(logicalName, schemaName, entitySetName, name, primaryNameColumn);
    }

    TableNames primaryNameColumn(String name) {
        return new TableNames(logicalName, schemaName, entitySetName, primaryIdColumn, name);
    }
}
