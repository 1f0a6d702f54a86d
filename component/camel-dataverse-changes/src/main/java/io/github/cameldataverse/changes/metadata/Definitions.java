package io.github.cameldataverse.changes.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.http.ServiceFault;
import io.github.cameldataverse.changes.metadata.TableTracking.State;
import io.github.cameldataverse.changes.source.FaultTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads {@code EntityDefinitions} (spec: "Enable change tracking for a table", "Tables not eligible for change tracking").
 * Its collection is never paged.
 */
final class Definitions {

    private static final String SELECT =
            "?$select=LogicalName,SchemaName,EntitySetName,IsCustomEntity,ChangeTrackingEnabled,CanChangeTrackingBeEnabled";

    private final Inquiry inquiry;

    Definitions(Inquiry inquiry) {
        this.inquiry = inquiry;
    }

    /**
     * All tables. One request without a filter, where the document has three with one: what is neither true nor false
     * would be in none of the three.
     */
    List<TableTracking> all() throws ServiceFault {
        return read("EntityDefinitions" + SELECT, "the table definitions");
    }

    /** A name can be the logical name of one table and the set name of another; the logical name goes first. */
    TableTracking one(String name) throws ServiceFault {
        List<TableTracking> found = read(
                "EntityDefinitions" + SELECT + "&$filter=LogicalName%20eq%20'" + name.toLowerCase(Locale.ROOT)
                        + "'%20or%20EntitySetName%20eq%20'" + name + "'",
                "the definition of the table " + name);
        return found.stream()
                .filter(table -> table.logicalName().equalsIgnoreCase(name))
                .findFirst()
                .or(() -> found.stream()
                        .filter(table -> table.entitySet().equals(name))
                        .findFirst())
                .orElseThrow(() -> new ServiceFault.Permanent(
                        "The organization has no table with the logical name or entity set name " + name
                                + "; check the spelling in the endpoint",
                        404));
    }

    /** Everything that the service says of a table, fit to be sent back. */
    ObjectNode whole(String logicalName) throws ServiceFault {
        ObjectNode whole =
                (ObjectNode) inquiry.json(address(logicalName), reading("the definition of the table " + logicalName));
        whole.remove("@odata.context");
        return whole;
    }

    static String address(String logicalName) {
        return "EntityDefinitions(LogicalName='" + logicalName + "')";
    }

    private List<TableTracking> read(String resource, String what) throws ServiceFault {
        List<TableTracking> tables = new ArrayList<>();
        JsonNode root = inquiry.json(resource, reading(what));
        if (!root.path("value").isArray()) {
            throw new ServiceFault.Transient(
                    "The service answered the request for " + what + " with something else", 200, null);
        }
        root.path("value").forEach(definition -> tables.add(table(definition)));
        return tables;
    }

    private static TableTracking table(JsonNode definition) {
        return new TableTracking(
                definition.path("LogicalName").asText(""),
                definition.path("SchemaName").asText(""),
                definition.path("EntitySetName").asText(""),
                definition.path("IsCustomEntity").asBoolean(false),
                state(definition));
    }

    private static State state(JsonNode definition) {
        if (definition.path("ChangeTrackingEnabled").asBoolean(false)) {
            return State.TRACKED;
        }
        boolean can =
                definition.path("CanChangeTrackingBeEnabled").path("Value").asBoolean(false);
        return can ? State.ELIGIBLE : State.NOT_ELIGIBLE;
    }

    private static FaultTable.Subject reading(String what) {
        return new FaultTable.Subject(
                what,
                "read " + what,
                "Make it an application user of the organization with a role that can read table definitions, such as"
                        + " Basic User");
    }
}
