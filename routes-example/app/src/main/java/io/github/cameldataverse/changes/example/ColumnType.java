package io.github.cameldataverse.changes.example;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.Function;

/** How a value of a row becomes a value of SQL, exactly: a decimal number never passes through a double. */
enum ColumnType {
    TEXT(Types.VARCHAR, JsonNode::isTextual, JsonNode::textValue),
    INTEGER(Types.BIGINT, JsonNode::canConvertToLong, JsonNode::longValue),
    DECIMAL(Types.NUMERIC, JsonNode::isNumber, ColumnType::decimal),
    BOOLEAN(Types.BOOLEAN, JsonNode::isBoolean, JsonNode::booleanValue),
    GUID(Types.OTHER, JsonNode::isTextual, node -> UUID.fromString(node.textValue())),
    DATE(Types.DATE, JsonNode::isTextual, node -> LocalDate.parse(node.textValue())),
    TIMESTAMP(Types.TIMESTAMP_WITH_TIMEZONE, JsonNode::isTextual, node -> OffsetDateTime.parse(node.textValue()));

    private final int sqlType;
    private final Function<JsonNode, Boolean> fits;
    private final Function<JsonNode, Object> reader;

    ColumnType(int sqlType, Function<JsonNode, Boolean> fits, Function<JsonNode, Object> reader) {
        this.sqlType = sqlType;
        this.fits = fits;
        this.reader = reader;
    }

    /** The type of a null in {@link java.sql.Types}. */
    int sqlType() {
        return sqlType;
    }

    Object read(JsonNode node) {
        if (!fits.apply(node)) {
            throw new RefusedChangeException("This is no value of type " + this + ": " + node);
        }
        try {
            return reader.apply(node);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new RefusedChangeException("This is no value of type " + this + ": " + node, e);
        }
    }

    private static BigDecimal decimal(JsonNode node) {
        return node.decimalValue();
    }
}
