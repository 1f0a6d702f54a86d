package io.github.cameldataverse.changes.testkit.internal.definition;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.table.AlternateKey;
import io.github.cameldataverse.changes.testkit.table.Column;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.List;

/** Writes an alternate key as the keys of a definition return it; its index is always built. */
record AlternateKeyDefinition(TableSchema table, AlternateKey key) {
    static List<AlternateKeyDefinition> of(TableSchema table) {
        return table.alternateKeys().stream()
                .map(key -> new AlternateKeyDefinition(table, key))
                .toList();
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("LogicalName", key.logicalName());
        json.put("SchemaName", key.schemaName());
        json.put("EntityLogicalName", table.logicalName());
        ArrayNode columns = json.putArray("KeyAttributes");
        key.columns().forEach(name -> columns.add(logicalName(name)));
        json.put("EntityKeyIndexStatus", "Active");
        json.put(EntityDefinition.ID, EntityDefinition.id(table.logicalName() + "." + key.logicalName()));
        return json;
    }

    private String logicalName(String name) {
        return table.columns().stream()
                .filter(column -> column.name().equals(name))
                .map(Column::logicalName)
                .findFirst()
                .orElse(name);
    }
}
