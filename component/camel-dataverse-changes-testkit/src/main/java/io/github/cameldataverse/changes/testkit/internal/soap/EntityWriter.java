package io.github.cameldataverse.changes.testkit.internal.soap;

import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.COLLECTIONS;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.CONTRACTS;

import io.github.cameldataverse.changes.testkit.internal.organization.RowLayout;
import io.github.cameldataverse.changes.testkit.internal.organization.RowValues;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredRow;
import io.github.cameldataverse.changes.testkit.internal.xml.XmlWriter;
import io.github.cameldataverse.changes.testkit.table.Column;
import java.util.List;

/**
 * Writes the members of an Entity in alphabetical order. Empty columns are left out, where the Web API writes null.
 *
 * @param table logical name
 * @param layout of the rows
 * @param columns positions of the columns to write
 * @param values writes their values
 */
record EntityWriter(String table, RowLayout layout, List<Integer> columns, AttributeValueWriter values) {
    void write(XmlWriter xml, StoredRow row) {
        writeAttributes(xml, row);
        xml.absent(CONTRACTS, "EntityState");
        writeFormattedValues(xml, row);
        xml.leaf(CONTRACTS, "Id", row.id());
        xml.empty(CONTRACTS, "KeyAttributes");
        xml.leaf(CONTRACTS, "LogicalName", table);
        xml.empty(CONTRACTS, "RelatedEntities");
        xml.leaf(CONTRACTS, "RowVersion", Long.toString(row.version()));
    }

    private void writeAttributes(XmlWriter xml, StoredRow row) {
        xml.open(CONTRACTS, "Attributes");
        for (int position : columns) {
            RowValues.at(layout, row, position).ifPresent(value -> writeAttribute(xml, layout.column(position), value));
        }
        xml.close();
    }

    private void writeAttribute(XmlWriter xml, Column column, Object value) {
        xml.open(CONTRACTS, "KeyValuePairOfstringanyType").leaf(COLLECTIONS, "key", column.logicalName());
        values.write(xml, column, value);
        xml.close();
    }

    private void writeFormattedValues(XmlWriter xml, StoredRow row) {
        xml.open(CONTRACTS, "FormattedValues");
        for (int position : columns) {
            Column column = layout.column(position);
            if (column.isChoice()) {
                RowValues.at(layout, row, position)
                        .ifPresent(value -> writeFormatted(xml, column, column.labelOf(value)));
            }
        }
        xml.close();
    }

    private static void writeFormatted(XmlWriter xml, Column column, String label) {
        xml.open(CONTRACTS, "KeyValuePairOfstringstring");
        xml.leaf(COLLECTIONS, "key", column.logicalName()).leaf(COLLECTIONS, "value", label);
        xml.close();
    }
}
