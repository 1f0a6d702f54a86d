package io.github.cameldataverse.changes.testkit.model;

import io.github.cameldataverse.changes.testkit.json.JsonText;
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
record Codec(Function<Object, Object> canonical, Function<Object, String> json, Function<String, Object> parse) {
    static final Codec TEXT = quoted(value -> (String) value, text -> text);
    static final Codec INTEGER = bare(Codec::toInteger, Integer::valueOf);
    static final Codec LONG = bare(value -> Long.valueOf(value.toString()), Long::valueOf);
    static final Codec DECIMAL =
            new Codec(Codec::toDecimal, value -> ((BigDecimal) value).toPlainString(), BigDecimal::new);
    static final Codec BOOLEAN = bare(value -> (Boolean) value, Boolean::valueOf);
    static final Codec GUID = quoted(value -> Guids.canonical(value.toString()), text -> text);
    static final Codec DATE = quoted(Codec::toDate, LocalDate::parse);
    static final Codec DATE_TIME = quoted(Codec::toInstant, Instant::parse);

    private static Codec quoted(Function<Object, Object> canonical, Function<String, Object> parse) {
        return new Codec(
                canonical, value -> JsonText.quote(value.toString()), json -> parse.apply(JsonText.unquote(json)));
    }

    private static Codec bare(Function<Object, Object> canonical, Function<String, Object> parse) {
        return new Codec(canonical, Object::toString, parse);
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
    static final class Guids {
        private Guids() {}

        static String canonical(String text) {
            if (text.length() != 36) {
                throw new IllegalArgumentException("'" + text + "' is not a GUID");
            }
            return UUID.fromString(text).toString();
        }
    }
}
