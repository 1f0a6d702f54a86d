package io.github.cameldataverse.changes.testkit.internal.soap;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.internal.organization.RowLayout;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace;
import io.github.cameldataverse.changes.testkit.internal.xml.XmlElement;
import io.github.cameldataverse.changes.testkit.table.Column;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The requested columns, by logical name.
 *
 * @param all whether all columns are requested
 * @param names the columns otherwise; the primary id is always included
 */
record ColumnSet(boolean all, List<String> names) {
    static ColumnSet of(XmlElement columnSet) {
        DataContractMembers members =
                new DataContractMembers(columnSet, SoapNamespace.CONTRACTS, List.of("AllColumns", "Columns"));
        List<String> names = members.get("Columns").map(XmlElement::children).orElse(List.of()).stream()
                .filter(each -> each.is(SoapNamespace.ARRAYS, "string"))
                .flatMap(each -> each.value().stream())
                .toList();
        return new ColumnSet("true".equals(members.value("AllColumns").orElse("false")), names);
    }

    /** Their positions in a row. */
    List<Integer> positions(RowLayout layout, TableSchema table) {
        Set<Integer> positions = new LinkedHashSet<>();
        if (all) {
            IntStream.range(0, layout.size()).forEach(positions::add);
        } else {
            names.forEach(name -> positions.add(position(name, layout, table)));
        }
        positions.add(layout.primaryId());
        return List.copyOf(positions);
    }

    private static int position(String name, RowLayout layout, TableSchema table) {
        List<String> logicalNames =
                layout.columns().stream().map(Column::logicalName).toList();
        int position = logicalNames.indexOf(name);
        if (position < 0) {
            throw new ServiceRefusalException(
                    500,
                    ErrorCodes.NO_SUCH_COLUMN,
                    "'" + table.schemaName() + "' entity doesn't contain attribute with Name = '" + name
                            + "' and NameMappingType = 'Logical'.");
        }
        return position;
    }
}
