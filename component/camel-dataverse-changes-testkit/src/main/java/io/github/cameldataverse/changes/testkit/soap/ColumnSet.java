package io.github.cameldataverse.changes.testkit.soap;

import io.github.cameldataverse.changes.testkit.model.Column;
import io.github.cameldataverse.changes.testkit.model.Layout;
import io.github.cameldataverse.changes.testkit.model.TableDefinition;
import io.github.cameldataverse.changes.testkit.wire.Codes;
import io.github.cameldataverse.changes.testkit.wire.ServiceException;
import io.github.cameldataverse.changes.testkit.xml.Namespace;
import io.github.cameldataverse.changes.testkit.xml.XmlElement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The columns asked for, by logical name.
 *
 * @param all whether all are
 * @param names otherwise these; the primary id comes along in any case
 */
record ColumnSet(boolean all, List<String> names) {
    static ColumnSet of(XmlElement columnSet) {
        Members members = new Members(columnSet, Namespace.CONTRACTS, List.of("AllColumns", "Columns"));
        List<String> names = members.get("Columns").map(XmlElement::children).orElse(List.of()).stream()
                .filter(each -> each.is(Namespace.ARRAYS, "string"))
                .flatMap(each -> each.value().stream())
                .toList();
        return new ColumnSet("true".equals(members.value("AllColumns").orElse("false")), names);
    }

    /** Where they stand in a row. */
    List<Integer> positions(Layout layout, TableDefinition table) {
        Set<Integer> positions = new LinkedHashSet<>();
        if (all) {
            IntStream.range(0, layout.size()).forEach(positions::add);
        } else {
            names.forEach(name -> positions.add(position(name, layout, table)));
        }
        positions.add(layout.primaryId());
        return List.copyOf(positions);
    }

    private static int position(String name, Layout layout, TableDefinition table) {
        List<String> logicalNames =
                layout.columns().stream().map(Column::logicalName).toList();
        int position = logicalNames.indexOf(name);
        if (position < 0) {
            throw new ServiceException(
                    500,
                    Codes.NO_SUCH_COLUMN,
                    "'" + table.schemaName() + "' entity doesn't contain attribute with Name = '" + name
                            + "' and NameMappingType = 'Logical'.");
        }
        return position;
    }
}
