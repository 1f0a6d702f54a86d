package io.github.cameldataverse.changes.testkit.internal.soap;

import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.COLLECTIONS;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.CONTRACTS;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.CONTRACTS_9;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.SCHEMA;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.SERIALIZATION;

import io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace;
import io.github.cameldataverse.changes.testkit.internal.xml.XmlWriter;
import io.github.cameldataverse.changes.testkit.table.Column;
import java.math.BigDecimal;
import java.util.Optional;

/** Writes the value of an attribute with its type in the SDK. */
record AttributeValueWriter(LookupNames names) {
    private static final int DECIMALS = 10;
    private static final int DECIMALS_OF_MONEY = 4;

    void write(XmlWriter xml, Column column, Object value) {
        xml.open(COLLECTIONS, "value");
        writeTyped(xml, column, value);
        xml.close();
    }

    private void writeTyped(XmlWriter xml, Column column, Object value) {
        switch (column.type()) {
            case TEXT, MEMO -> plain(xml, SCHEMA, "string", value.toString());
            case WHOLE_NUMBER -> plain(xml, SCHEMA, "int", value.toString());
            case BIG_NUMBER -> plain(xml, SCHEMA, "long", value.toString());
            case DECIMAL -> plain(xml, SCHEMA, "decimal", padded(value, DECIMALS));
            case FLOAT -> plain(xml, SCHEMA, "double", ((BigDecimal) value).toPlainString());
            case YES_NO -> plain(xml, SCHEMA, "boolean", value.toString());
            case DATE -> plain(xml, SCHEMA, "dateTime", value + "T00:00:00Z");
            case DATE_TIME -> plain(xml, SCHEMA, "dateTime", value.toString());
            case UNIQUE_ID -> plain(xml, SERIALIZATION, "guid", value.toString());
            case MONEY -> boxed(xml, "Money", padded(value, DECIMALS_OF_MONEY));
            case CHOICE, STATE, STATUS -> boxed(xml, "OptionSetValue", value.toString());
            case CHOICES -> choices(xml, value.toString());
            case LOOKUP -> lookup(xml, column, value.toString());
        }
    }

    private static void plain(XmlWriter xml, SoapNamespace namespace, String type, String text) {
        xml.type(namespace, type).text(text);
    }

    private static void boxed(XmlWriter xml, String type, String text) {
        xml.type(CONTRACTS, type).leaf(CONTRACTS, "Value", text);
    }

    private static void choices(XmlWriter xml, String commaSeparated) {
        xml.type(CONTRACTS_9, "OptionSetValueCollection");
        for (String each : commaSeparated.split(",")) {
            xml.open(CONTRACTS_9, "OptionSetValue")
                    .leaf(CONTRACTS, "Value", each.trim())
                    .close();
        }
    }

    private void lookup(XmlWriter xml, Column column, String id) {
        xml.type(CONTRACTS, "EntityReference");
        EntityReferenceWriter.write(xml, id, column.target(), names.of(column.target(), id), Optional.empty());
    }

    /** Padded with zeros to this number of decimals, as the database does; no digit is removed. */
    private static String padded(Object number, int decimals) {
        BigDecimal exact = (BigDecimal) number;
        return (exact.scale() < decimals ? exact.setScale(decimals) : exact).toPlainString();
    }
}
