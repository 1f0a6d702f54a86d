package io.github.cameldataverse.changes.testkit.internal.definition;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.table.Column;
import io.github.cameldataverse.changes.testkit.table.ColumnType;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a column as the attributes of a definition return it. */
record AttributeDefinition(TableSchema table, Column column) {
    static List<AttributeDefinition> of(TableSchema table) {
        List<AttributeDefinition> attributes = new ArrayList<>();
        table.columns().forEach(column -> attributes.add(new AttributeDefinition(table, column)));
        attributes.add(new AttributeDefinition(
                table, new Column(table.primaryIdColumn(), ColumnType.UNIQUE_ID, Map.of(), "")));
        return attributes;
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("LogicalName", column.logicalName());
        json.put("SchemaName", column.logicalName());
        json.put("AttributeType", column.type().attributeType());
        json.set("AttributeTypeName", JsonNodeFactory.instance.objectNode().put("Value", typeName()));
        json.put("IsValidForRead", true);
        json.put("IsPrimaryId", column.name().equals(table.primaryIdColumn()));
        json.putNull("AttributeOf");
        json.put("IsLogical", false);
        json.put("SourceType", 0);
        json.put(EntityDefinition.ID, EntityDefinition.id(table.logicalName() + "." + column.logicalName()));
        return json;
    }

    boolean isDateTime() {
        return column.type().attributeType().equals("DateTime");
    }

    /** With the properties of dates and times. */
    ObjectNode dateTimeJson() {
        ObjectNode json = json();
        json.put("Format", column.type() == ColumnType.DATE ? "DateOnly" : "DateAndTime");
        json.set("DateTimeBehavior", JsonNodeFactory.instance.objectNode().put("Value", behavior()));
        return json;
    }

    private String behavior() {
        return switch (column.type()) {
            case DATE -> "DateOnly";
            case WALL_TIME -> "TimeZoneIndependent";
            default -> "UserLocal";
        };
    }

    private String typeName() {
        return (column.type() == ColumnType.CHOICES
                        ? "MultiSelectPicklist"
                        : column.type().attributeType())
                + "Type";
    }
}
