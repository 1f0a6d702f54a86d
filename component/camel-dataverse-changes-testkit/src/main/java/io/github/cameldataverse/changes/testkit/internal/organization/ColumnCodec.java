package io.github.cameldataverse.changes.testkit.internal.organization;

import io.github.cameldataverse.changes.testkit.internal.json.JsonText;
import io.github.cameldataverse.changes.testkit.table.ColumnType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Converts the values of one type of column: from any Java type that is accepted to the one that is kept, and from that to
 * JSON and back.
 *
 * @param canonical from any accepted Java value to the one type, or an exception saying why not
 * @param toJson from that type to JSON text
 * @param fromJson from JSON text back to that type
 */
record ColumnCodec(
        Function<Object, Object> canonical, Function<Object, String> toJson, Function<String, Object> fromJson) {
    private static final ColumnCodec TEXT = quoted(value -> (String) value, text -> text);
    private static final ColumnCodec INTEGER = bare(ColumnCodec::toInteger, Integer::valueOf);
    private static final ColumnCodec LONG = bare(value -> Long.valueOf(value.toString()), Long::valueOf);
    private static final ColumnCodec DECIMAL =
            new ColumnCodec(ColumnCodec::toDecimal, value -> ((BigDecimal) value).toPlainString(), BigDecimal::new);
    private static final ColumnCodec BOOLEAN = bare(value -> (Boolean) value, Boolean::valueOf);
    private static final ColumnCodec GUID = quoted(value -> guid(value.toString()), text -> text);
    private static final ColumnCodec DATE = quoted(ColumnCodec::toDate, LocalDate::parse);
    private static final ColumnCodec DATE_TIME = quoted(ColumnCodec::toInstant, Instant::parse);

    static ColumnCodec of(ColumnType type) {
        return switch (type) {
            case TEXT, MEMO, CHOICES -> TEXT;
            case WHOLE_NUMBER, CHOICE, STATE, STATUS -> INTEGER;
            case BIG_NUMBER -> LONG;
            case DECIMAL, MONEY, FLOAT -> DECIMAL;
            case YES_NO -> BOOLEAN;
            case LOOKUP, UNIQUE_ID -> GUID;
            case DATE -> DATE;
            case DATE_TIME, WALL_TIME -> DATE_TIME;
        };
    }

    /** The JSON of a value of any accepted Java type, {@code null} included. */
    String json(@Nullable Object value) {
        return value == null ? "null" : toJson.apply(canonical.apply(value));
    }

    /** The value of its JSON, in the one Java type of this type of column. */
    @Nullable
    Object value(String json) {
        return "null".equals(json) ? null : fromJson.apply(json);
    }

    /** A GUID as the service writes it: 36 characters, lower case. */
    static String guid(String text) {
        if (text.length() != 36) {
            throw new IllegalArgumentException("'" + text + "' is not a GUID");
        }
        return UUID.fromString(text).toString();
    }

    private static ColumnCodec quoted(Function<Object, Object> canonical, Function<String, Object> fromJson) {
        return new ColumnCodec(
                canonical, value -> JsonText.quote(value.toString()), json -> fromJson.apply(JsonText.unquote(json)));
    }

    private static ColumnCodec bare(Function<Object, Object> canonical, Function<String, Object> fromJson) {
        return new ColumnCodec(canonical, Object::toString, fromJson);
    }

    private static Object toInteger(Object value) {
        return Integer.valueOf(value.toString());
    }

    private static Object toDecimal(Object value) {
        return value instanceof BigDecimal exact ? exact : new BigDecimal(value.toString());
    }

    private static Object toDate(Object value) {
        return LocalDate.parse(value.toString());
    }

    /** Dataverse keeps no fractions of a second. */
    private static Object toInstant(Object value) {
        Instant instant = value instanceof OffsetDateTime there ? there.toInstant() : instantOf(value);
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    private static Instant instantOf(Object value) {
        return value instanceof Instant instant
                ? instant
                : OffsetDateTime.parse(value.toString()).toInstant();
    }
}
