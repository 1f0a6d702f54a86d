package io.github.cameldataverse.changes.internal.organization.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.organization.metadata.TableTracking.State;
import io.github.cameldataverse.changes.internal.source.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads {@code EntityDefinitions} (spec: "Enable change tracking for a table", "Tables not eligible for change tracking").
 * Its collection is never paged.
 */
final class EntityDefinitions {

    private static final String SELECT =
            "?$select=LogicalName,SchemaName,EntitySetName,IsCustomEntity,ChangeTrackingEnabled,CanChangeTrackingBeEnabled";

    private static final String KEYS = "&$expand=Keys($select=SchemaName,KeyAttributes,EntityKeyIndexStatus)";

    private final MetadataRequests requests;

    EntityDefinitions(MetadataRequests requests) {
        this.requests = requests;
    }

    /**
     * All tables, with their alternate keys. One request without a filter, where the document has three with one: what is neither true nor false
     * would be in none of the three.
     */
    List<TableTracking> all() throws ServiceFault {
        return read("EntityDefinitions" + SELECT + KEYS, "the table definitions");
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
                state(definition),
                Optional.of(definition.path("Keys")).filter(JsonNode::isArray).map(EntityDefinitions::alternateKeys));
    }

    /** Those whose index is built; a row cannot be addressed by another one (learn.microsoft.com, "Work with alternate keys"). */
    private static Map<String, List<String>> alternateKeys(JsonNode keys) {
        Map<String, List<String>> active = new TreeMap<>();
        for (JsonNode key : keys) {
            if ("Active".equals(key.path("EntityKeyIndexStatus").asText())) {
                List<String> columns = new ArrayList<>();
                key.path("KeyAttributes").forEach(column -> columns.add(column.asText()));
                active.put(key.path("SchemaName").asText(), columns);
            }
        }
        return active;
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
