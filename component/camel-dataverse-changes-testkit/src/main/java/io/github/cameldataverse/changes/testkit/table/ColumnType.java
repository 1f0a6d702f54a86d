package io.github.cameldataverse.changes.testkit.table;

/** The types of columns: the Java types that a value may have, and the names of the type in the definitions. */
public enum ColumnType {
    /** A line of text; String. */
    TEXT("String", "Edm.String"),
    /** Text of many lines; String. */
    MEMO("Memo", "Edm.String"),
    /** A 32-bit number; Integer, or a Long that fits. */
    WHOLE_NUMBER("Integer", "Edm.Int32"),
    /** A 64-bit number; Long or Integer. */
    BIG_NUMBER("BigInt", "Edm.Int64"),
    /** An exact number, sent with its scale; BigDecimal, Integer or Long. */
    DECIMAL("Decimal", "Edm.Decimal"),
    /** An amount, sent with its scale; a column {@code x} fills its companion {@code x_base}. BigDecimal, Integer, Long. */
    MONEY("Money", "Edm.Decimal"),
    /** A floating-point number, kept exactly as given; BigDecimal, Double, Integer or Long. */
    FLOAT("Double", "Edm.Double"),
    /** Boolean. */
    YES_NO("Boolean", "Edm.Boolean"),
    /** One of a list, by its number; Integer. */
    CHOICE("Picklist", "Edm.Int32"),
    /** Several of a list; a String such as {@code 1,2,3}. */
    CHOICES("Virtual", "Edm.String"),
    /** Whether a row is active; Integer. */
    STATE("State", "Edm.Int32"),
    /** The reason of the state; Integer. */
    STATUS("Status", "Edm.Int32"),
    /** The id of a row elsewhere; UUID or String. Name the column as it is sent: {@code _primarycontactid_value}. */
    LOOKUP("Lookup", "Edm.Guid"),
    /** The id of the row itself; UUID or String. */
    UNIQUE_ID("Uniqueidentifier", "Edm.Guid"),
    /** A day; LocalDate. */
    DATE("DateTime", "Edm.Date"),
    /** A point in time, to the second; Instant or OffsetDateTime. */
    DATE_TIME("DateTime", "Edm.DateTimeOffset"),
    /** A local time without a time zone, to the second, sent as if it were UTC; Instant or OffsetDateTime. */
    WALL_TIME("DateTime", "Edm.DateTimeOffset");

    private final String attributeType;
    private final String edmType;

    ColumnType(String attributeType, String edmType) {
        this.attributeType = attributeType;
        this.edmType = edmType;
    }

    /** Its name in EntityDefinitions, for example {@code Picklist}. */
    public String attributeType() {
        return attributeType;
    }

    /** Its name in {@code $metadata}, for example {@code Edm.Int32}. */
    public String edmType() {
        return edmType;
    }
}
