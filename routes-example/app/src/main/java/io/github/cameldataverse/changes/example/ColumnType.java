package io.github.cameldataverse.changes.example;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;

/** How a value of a row becomes a value of SQL, exactly: a decimal number never passes through a double. */
enum ColumnType {
    TEXT(Types.VARCHAR),
    INTEGER(Types.BIGINT),
    DECIMAL(Types.NUMERIC),
    BOOLEAN(Types.BOOLEAN),
    GUID(Types.OTHER),
    DATE(Types.DATE),
    TIMESTAMP(Types.TIMESTAMP_WITH_TIMEZONE);

    private final int sqlType;

    ColumnType(int sqlType) {
        this.sqlType = sqlType;
    }

    /** The type of a null in {@link java.sql.Types}. */
    int sqlType() {
        return sqlType;
    }

    /** @throws RefusedChangeException if this is no value of the type */
    Object read(JsonNode value) {
        if (!fits(value)) {
            throw new RefusedChangeException("This is no value of type " + this + ": " + value);
        }
        try {
            return convert(value);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new RefusedChangeException("This is no value of type " + this + ": " + value, e);
        }
    }

    private boolean fits(JsonNode value) {
        return switch (this) {
            case INTEGER -> value.isIntegralNumber() && value.canConvertToLong();
            case DECIMAL -> value.isNumber();
            case BOOLEAN -> value.isBoolean();
            case TEXT, GUID, DATE, TIMESTAMP -> value.isTextual();
        };
    }

    private Object convert(JsonNode value) {
        return switch (this) {
            case TEXT -> value.textValue();
            case INTEGER -> value.longValue();
            case DECIMAL -> value.decimalValue();
            case BOOLEAN -> value.booleanValue();
            case GUID -> UUID.fromString(value.textValue());
            case DATE -> LocalDate.parse(value.textValue());
            case TIMESTAMP -> OffsetDateTime.parse(value.textValue());
        };
    }
}
