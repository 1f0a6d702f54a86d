package io.github.cameldataverse.changes.internal.orgservice.row;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.change.Row;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.source.TrackingQuery;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows and tombstones as the Web API does: the etag, the selected columns in their order with null where there is no
 * value, and the primary id at the end if it was not selected.
 */
public final class RowWriter {

    private final TableDefinition table;
    private final List<ColumnName> selected;
    private final AnnotationChoice annotations;
    private final String tombstoneContext;

    public RowWriter(TrackingQuery query, TableDefinition table) {
        this.table = table;
        this.selected = query.select().stream().map(ColumnName::ofWebApi).toList();
        this.annotations = AnnotationChoice.of(query.annotations());
        this.tombstoneContext = query.apiRoot() + "$metadata#" + table.entitySet() + "/$deletedEntity";
    }

    /** @throws ServiceFault.Permanent if a selected column is of another kind than its name says */
    public Row row(ServedEntity entity) throws ServiceFault.Permanent {
        StringBuilder row = new StringBuilder("{");
        if (entity.etag() != null) {
            member(row, "@odata.etag", ColumnValue.quoted(entity.etag()));
        }
        for (ColumnName column : selected) {
            requireKind(column, valueOf(entity, column));
        }
        for (ColumnName column : columns(entity)) {
            column(row, entity, column, valueOf(entity, column));
        }
        return Row.of(row.append('}').toString());
    }

    /** A tombstone of the Web API has these three members. */
    public Row tombstone(String id, String reason) {
        StringBuilder row = new StringBuilder("{");
        member(row, "@odata.context", ColumnValue.quoted(tombstoneContext));
        member(row, "id", ColumnValue.quoted(id));
        member(row, "reason", ColumnValue.quoted(reason));
        return Row.of(row.append('}').toString());
    }

    /** Those selected, then what comes without being selected. */
    private Collection<ColumnName> columns(ServedEntity entity) {
        Map<String, ColumnName> columns = new LinkedHashMap<>();
        selected.forEach(column -> columns.put(column.served(), column));
        entity.values().forEach((name, value) -> {
            if (selected.isEmpty() || !name.equals(table.primaryId())) {
                columns.putIfAbsent(name, ColumnName.ofServed(name, value));
            }
        });
        columns.putIfAbsent(table.primaryId(), ColumnName.ofWebApi(table.primaryId()));
        return columns.values();
    }

    private ColumnValue valueOf(ServedEntity entity, ColumnName column) {
        return column.served().equals(table.primaryId())
                ? ColumnValue.text(entity.id())
                : entity.values().getOrDefault(column.served(), ColumnValue.NULL);
    }

    /** A row without the value, or with it under another name than in the last row, would be a loss in silence. */
    private static void requireKind(ColumnName column, ColumnValue value) throws ServiceFault.Permanent {
        boolean isLookup = value instanceof ColumnValue.Lookup;
        boolean isNamedLikeOne = !column.web().equals(column.served());
        if (value instanceof ColumnValue.NoColumn) {
            throw misnamed(column, "is a list of parties, which no row of the Web API holds; leave it out");
        }
        if (isLookup && !isNamedLikeOne) {
            throw misnamed(column, "is a lookup; write _" + column.web() + "_value");
        }
        if (!isLookup && isNamedLikeOne && value != ColumnValue.NULL) {
            throw misnamed(column, "is no lookup; write " + column.served());
        }
    }

    private static ServiceFault.Permanent misnamed(ColumnName column, String what) {
        return new ServiceFault.Permanent("The column " + column.web() + " in the option select " + what, 0);
    }

    private void column(StringBuilder row, ServedEntity entity, ColumnName column, ColumnValue value) {
        if (value instanceof ColumnValue.Plain plain) {
            annotation(row, column, AnnotationChoice.FORMATTED, formatted(entity, column, null));
            member(row, column.web(), plain.json());
        } else if (value instanceof ColumnValue.Lookup lookup) {
            annotation(row, column, AnnotationChoice.FORMATTED, formatted(entity, column, lookup.name()));
            annotation(row, column, AnnotationChoice.LOOKUP_TABLE, annotations.lookupTable() ? lookup.table() : null);
            member(row, column.web(), ColumnValue.quoted(lookup.id()));
        }
    }

    private @Nullable String formatted(ServedEntity entity, ColumnName column, @Nullable String otherwise) {
        String served = entity.formatted().get(column.served());
        return !annotations.formatted() ? null : served == null ? otherwise : served;
    }

    private static void annotation(StringBuilder row, ColumnName column, String name, @Nullable String text) {
        if (text != null) {
            member(row, column.web() + "@" + name, ColumnValue.quoted(text));
        }
    }

    private static void member(StringBuilder row, String name, String json) {
        row.append(row.length() == 1 ? "" : ",")
                .append(ColumnValue.quoted(name))
                .append(':')
                .append(json);
    }
}
