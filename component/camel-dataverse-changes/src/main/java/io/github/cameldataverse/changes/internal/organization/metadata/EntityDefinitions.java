package io.github.cameldataverse.changes.internal.organization.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.organization.metadata.TableTracking.State;
import io.github.cameldataverse.changes.internal.source.TableName;
import java.util.List;

/**
 * Reads {@code EntityDefinitions} (spec: "Enable change tracking for a table", "Tables not eligible for change tracking").
 * Its collection is never paged.
 */
final class EntityDefinitions {

    private static final String SELECT =
            "?$select=LogicalName,SchemaName,EntitySetName,IsCustomEntity,ChangeTrackingEnabled,CanChangeTrackingBeEnabled";

    private final MetadataRequests requests;

    EntityDefinitions(MetadataRequests requests) {
        this.requests = requests;
    }

    /**
     * All tables. One request without a filter, where the document has three with one: what is neither true nor false
     * would be in none of the three.
     */
    List<TableTracking> all() throws ServiceFault {
        return read("EntityDefinitions" + SELECT, "the table definitions");
    }

    TableTracking one(TableName name) throws ServiceFault {
        List<TableTracking> found =
                read("EntityDefinitions" + SELECT + "&" + name.filter(), "the definition of the table " + name.name());
        TableTracking chosen = name.choose(found, TableTracking::logicalName, TableTracking::entitySet);
        TableName.served(chosen.logicalName(), "LogicalName");
        return chosen;
    }

    /** Everything that the service says of a table, fit to be sent back. */
    ObjectNode whole(String logicalName) throws ServiceFault {
        ObjectNode whole = (ObjectNode) requests.json(
                address(logicalName), MetadataRequests.reading("the definition of the table " + logicalName));
        whole.remove("@odata.context");
        return whole;
    }

    static String address(String logicalName) {
        return "EntityDefinitions(LogicalName='" + logicalName + "')";
    }

    private List<TableTracking> read(String resource, String what) throws ServiceFault {
        return requests.collection(resource, MetadataRequests.reading(what)).stream()
                .map(EntityDefinitions::table)
                .toList();
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
}
