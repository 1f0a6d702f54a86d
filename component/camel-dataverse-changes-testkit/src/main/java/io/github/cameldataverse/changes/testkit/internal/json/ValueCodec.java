package io.github.cameldataverse.changes.testkit.internal.json;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Function;

/**
 * How the values of one kind of column are kept: the one Java type they become, and their JSON.
 *
 * @param canonical from any accepted Java value to the one type, or an exception saying why not
 * @param json from that type to JSON text
 * @param parse from JSON text back to that type
 */
public record ValueCodec(
        Function<Object, Object> canonical, Function<Object, String> json, Function<String, Object> parse) {
    public static final ValueCodec TEXT = quoted(value -> (String) value, text -> text);
    public static final ValueCodec INTEGER = bare(ValueCodec::toInteger, Integer::valueOf);
    public static final ValueCodec LONG = bare(value -> Long.valueOf(value.toString()), Long::valueOf);
    public static final ValueCodec DECIMAL =
            new ValueCodec(ValueCodec::toDecimal, value -> ((BigDecimal) value).toPlainString(), BigDecimal::new);
    public static final ValueCodec BOOLEAN = bare(value -> (Boolean) value, Boolean::valueOf);
    public static final ValueCodec GUID = quoted(value -> Guids.canonical(value.toString()), text -> text);
    public static final ValueCodec DATE = quoted(ValueCodec::toDate, LocalDate::parse);
    public static final ValueCodec DATE_TIME = quoted(ValueCodec::toInstant, Instant::parse);

    private static ValueCodec quoted(Function<Object, Object> canonical, Function<String, Object> parse) {
        return new ValueCodec(
                canonical, value -> JsonText.quote(value.toString()), json -> parse.apply(JsonText.unquote(json)));
    }

    private static ValueCodec bare(Function<Object, Object> canonical, Function<String, Object> parse) {
        return new ValueCodec(canonical, Object::toString, parse);
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

    /** Guids as the service writes them: 36 characters, lower case. */
    public static final class Guids {
        private Guids() {}

        public static String canonical(String text) {
            if (text.length() != 36) {
                throw new IllegalArgumentException("'" + text + "' is not a GUID");
            }
            return UUID.fromString(text).toString();
        }
    }
}
