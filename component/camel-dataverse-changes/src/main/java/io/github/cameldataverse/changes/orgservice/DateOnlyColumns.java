package io.github.cameldataverse.changes.orgservice;

import io.github.cameldataverse.changes.http.ServiceFault;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells the columns that hold a day from those that hold a moment: this API serves both as a moment, and only their
 * definitions tell. They are asked for when a column comes that is not known. For one table, and one thread at a time.
 */
final class DateOnlyColumns {

    private static final String DATE_ONLY = "DateOnly";

    private final OrganizationService.DateBehaviors definitions;
    private final Map<String, String> known = new HashMap<>();

    DateOnlyColumns(OrganizationService.DateBehaviors definitions) {
        this.definitions = definitions;
    }

    boolean hold(String table, String column) throws ServiceFault {
        if (!known.containsKey(column)) {
            known.putAll(definitions.of(table));
            // One that is in no definition is not asked for again.
            known.putIfAbsent(column, "");
        }
        return DATE_ONLY.equals(known.get(column));
    }
}
