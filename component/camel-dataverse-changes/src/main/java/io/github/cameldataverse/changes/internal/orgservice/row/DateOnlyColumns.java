package io.github.cameldataverse.changes.internal.orgservice.row;

import io.github.cameldataverse.changes.api.ServiceFault;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells the columns that hold a day from those that hold a moment: this API serves both as a moment, and only their
 * definitions tell. For one table, and one thread at a time.
 */
public final class DateOnlyColumns {

    private static final String DATE_ONLY = "DateOnly";

    /** What the date columns of a table mean, which only their definitions tell. */
    public interface Behaviors {

        /** Column to its DateTimeBehavior, as the service writes it. */
        Map<String, String> of(String logicalName) throws ServiceFault;
    }

    private final Behaviors definitions;
    private final Map<String, String> known = new HashMap<>();

    public DateOnlyColumns(Behaviors definitions) {
        this.definitions = definitions;
    }

    /** Whether a column holds days; asks for the definitions if it is not known. */
    boolean hold(String table, String column) throws ServiceFault {
        if (!known.containsKey(column)) {
            known.putAll(asked(table));
            // One that is in no definition is not asked for again.
            known.putIfAbsent(column, "");
        }
        return DATE_ONLY.equals(known.get(column));
    }

    /** A refusal is one of the definitions and not of the current page, so it goes without its status. */
    private Map<String, String> asked(String table) throws ServiceFault {
        try {
            return definitions.of(table);
        } catch (ServiceFault.Permanent e) {
            ServiceFault refused = new ServiceFault.Permanent(
                    "A row of the table " + table
                            + " has a date, and whether it is a day or a moment cannot be asked for: " + e.sentence()
                            + ". Leave columns with dates out by the option select, or use api=webApi",
                    0);
            throw refused.withRequestId(e.getRequestId());
        }
    }
}
