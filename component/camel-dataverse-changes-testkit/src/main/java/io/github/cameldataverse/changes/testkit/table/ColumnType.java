package io.github.cameldataverse.changes.testkit.table;

import io.github.cameldataverse.changes.testkit.internal.json.ValueCodec;
import org.jspecify.annotations.Nullable;

/** The kinds of columns: what a value may be in Java, how it looks in JSON, and what the definitions call it. */
public enum ColumnType {
    /** A line of text; String. */
    TEXT("String", "Edm.String", ValueCodec.TEXT),
    /** Text of many lines; String. */
    MEMO("Memo", "Edm.String", ValueCodec.TEXT),
    /** A 32-bit number; Integer, or a Long that fits. */
    WHOLE_NUMBER("Integer", "Edm.Int32", ValueCodec.INTEGER),
    /** A 64-bit number; Long or Integer. */
    BIG_NUMBER("BigInt", "Edm.Int64", ValueCodec.LONG),
    /** An exact number, sent with its scale; BigDecimal, Integer or Long. */
    DECIMAL("Decimal", "Edm.Decimal", ValueCodec.DECIMAL),
    /** An amount, sent with its scale; a column {@code x} fills its companion {@code x_base}. BigDecimal, Integer, Long. */
    MONEY("Money", "Edm.Decimal", ValueCodec.DECIMAL),
    /** A floating-point number, kept exactly as given; BigDecimal, Double, Integer or Long. */
    FLOAT("Double", "Edm.Double", ValueCodec.DECIMAL),
    /** Boolean. */
    YES_NO("Boolean", "Edm.Boolean", ValueCodec.BOOLEAN),
    /** One of a list, by its number; Integer. */
    CHOICE("Picklist", "Edm.Int32", ValueCodec.INTEGER),
    /** Several of a list; a String such as {@code 1,2,3}. */
    CHOICES("Virtual", "Edm.String", ValueCodec.TEXT),
    /** Whether a row is active; Integer. */
    STATE("State", "Edm.Int32", ValueCodec.INTEGER),
    /** Why it is so; Integer. */
    STATUS("Status", "Edm.Int32", ValueCodec.INTEGER),
    /** The id of a row elsewhere; UUID or String. Name the column as it is sent: {@code _primarycontactid_value}. */
    LOOKUP("Lookup", "Edm.Guid", ValueCodec.GUID),
    /** The id of the row itself; UUID or String. */
    UNIQUE_ID("Uniqueidentifier", "Edm.Guid", ValueCodec.GUID),
    /** A day; LocalDate. */
    DATE("DateTime", "Edm.Date", ValueCodec.DATE),
    /** A moment, to the second; Instant or OffsetDateTime. */
    DATE_TIME("DateTime", "Edm.DateTimeOffset", ValueCodec.DATE_TIME),
    /** What a clock on the wall shows, whatever the time zone, to the second; sent as if it were UTC. Instant or OffsetDateTime. */
    WALL_TIME("DateTime", "Edm.DateTimeOffset", ValueCodec.DATE_TIME);

    private final String attributeType;
    private final String edmType;
    // Made of functions without state, which the checker cannot know.
    @SuppressWarnings("ImmutableEnumChecker")
    private final ValueCodec codec;

    ColumnType(String attributeType, String edmType, ValueCodec codec) {
        this.attributeType = attributeType;
        this.edmType = edmType;
        this.codec = codec;
    }

    /** What EntityDefinitions calls it, for example {@code Picklist}. */
    public String attributeType() {
        return attributeType;
    }

    /** What {@code $metadata} calls it, for example {@code Edm.Int32}. */
    public String edmType() {
        return edmType;
    }

    /** The JSON of a value of any accepted Java type, {@code null} included. */
    public String json(@Nullable Object value) {
        return value == null ? "null" : codec.json().apply(codec.canonical().apply(value));
    }

    /** The value of its JSON, in the one Java type of this kind of column. */
    @Nullable
    public Object value(String json) {
        return "null".equals(json) ? null : codec.parse().apply(json);
    }
}
