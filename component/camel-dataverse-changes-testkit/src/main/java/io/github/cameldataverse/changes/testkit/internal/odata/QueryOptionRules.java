package io.github.cameldataverse.changes.testkit.internal.odata;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.QueryParameters;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.table.ColumnType;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.List;
import java.util.regex.Pattern;

/** Refuses query options. */
record QueryOptionRules(QueryParameters query, Switches switches) {
    private static final Pattern OPTIONS_OF_EXPANDED = Pattern.compile("\\([^)]*\\)");
    private static final List<String> REFUSED = List.of("$filter", "$orderby", "$expand", "$top");

    /** Refuses options that cannot be used with change tracking, with the message of the platform. */
    void requireTrackable() {
        for (String option : REFUSED) {
            if (query.has(option)) {
                throw new ServiceRefusalException(
                        400,
                        switches.get(Switch.FORBIDDEN_OPTION_CODE),
                        "The \"" + option + "\" query parameter isn't supported when Change Tracking is enabled.");
            }
        }
    }

    /** Refuses an unknown {@code $expand}, and options of ordinary queries that the platform supports and the simulator does not. */
    void requireSimulated(TableSchema table) {
        query.value("$expand").ifPresent(expand -> requireKnown(expand, table));
        for (String option : List.of("$filter", "$orderby", "$expand", "$apply", "$search", "fetchXml", "savedQuery")) {
            if (query.has(option)) {
                throw new ServiceRefusalException(
                        501,
                        ErrorCodes.NONE,
                        "The simulator does not answer " + option
                                + " in ordinary queries; it simulates change tracking. Leave the option out.");
            }
        }
    }

    /** The lookups are the only navigation properties that the simulator has. */
    private static void requireKnown(String expand, TableSchema table) {
        for (String each : OPTIONS_OF_EXPANDED.matcher(expand).replaceAll("").split(",")) {
            boolean known = table.columns().stream()
                    .anyMatch(column -> column.type() == ColumnType.LOOKUP
                            && column.logicalName().equals(each.trim()));
            if (!known) {
                throw new ServiceRefusalException(
                        400,
                        ErrorCodes.RESOURCE,
                        "Could not find a property named '" + each.trim() + "' on type 'Microsoft.Dynamics.CRM."
                                + table.logicalName() + "'.");
            }
        }
    }
}
