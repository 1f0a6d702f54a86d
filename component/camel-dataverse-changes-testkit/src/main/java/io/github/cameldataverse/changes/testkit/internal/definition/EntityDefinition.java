package io.github.cameldataverse.changes.testkit.internal.definition;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the definition of a table as {@code EntityDefinitions} returns it. */
record EntityDefinition(TableSchema table) {
    static final String ID = "MetadataId";

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("LogicalName", table.logicalName());
        json.put("SchemaName", table.schemaName());
        json.put("EntitySetName", table.entitySetName());
        json.put("LogicalCollectionName", table.entitySetName());
        json.put("PrimaryIdAttribute", table.primaryIdColumn());
        json.put("PrimaryNameAttribute", primaryName());
        json.put("ObjectTypeCode", Math.floorMod(table.logicalName().hashCode(), 10_000) + 10_000);
        json.put("IsCustomEntity", table.custom());
        json.put("IsIntersect", false);
        json.put("TableType", table.type().text());
        json.put("ChangeTrackingEnabled", table.tracked());
        json.set("CanChangeTrackingBeEnabled", managed());
        json.put(ID, id(table.logicalName()));
        return json;
    }

    /** Not every table has one. */
    private @Nullable String primaryName() {
        String name = table.names().primaryNameColumn();
        return table.columns().stream().anyMatch(column -> column.name().equals(name)) ? name : null;
    }

    /** The same id for the same name in every organization. */
    static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
    }

    private JsonNode managed() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Value", table.canBeTracked())
                .put("CanBeChanged", table.canBeTracked())
                .put("ManagedPropertyLogicalName", "canchangetrackingbeenabled");
    }
}
