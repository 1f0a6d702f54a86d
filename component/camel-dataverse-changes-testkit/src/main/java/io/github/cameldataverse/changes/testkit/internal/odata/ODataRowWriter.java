package io.github.cameldataverse.changes.testkit.internal.odata;

import io.github.cameldataverse.changes.testkit.http.MetadataLevel;
import io.github.cameldataverse.changes.testkit.internal.json.ByteSink;
import io.github.cameldataverse.changes.testkit.internal.organization.RowLayout;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredRow;

/** Writes a row in JSON: what names it first, then the selected columns, each after its annotations. */
final class ODataRowWriter {
    private final RowLayout layout;
    private final ODataLinks links;
    private final int[] columns;
    private final ODataAnnotations annotations;
    private final boolean annotated;

    ODataRowWriter(RowLayout layout, ODataLinks links, ODataAnnotations annotations) {
        this.layout = layout;
        this.links = links;
        this.columns =
                links.selection().columns().stream().mapToInt(Integer::intValue).toArray();
        this.annotations = annotations;
        this.annotated = annotations.ofValues() && annotations.level() != MetadataLevel.NONE;
    }

    /** The members of the row, without the braces. */
    void writeMembers(ByteSink sink, StoredRow row) {
        String names = names(row);
        sink.put(names);
        // The name of a column begins with the comma between it and what stands before it.
        int comma = names.isEmpty() ? 1 : 0;
        for (int column : columns) {
            if (annotated) {
                annotations.writeTo(sink, layout.column(column), row, column);
            }
            byte[] name = layout.name(column);
            sink.put(name, comma, name.length - comma);
            row.writeTo(sink, column);
            comma = 0;
        }
    }

    private String names(StoredRow row) {
        String etag = "\"@odata.etag\":\"W/\\\"" + row.version() + "\\\"\"";
        return switch (annotations.level()) {
            case NONE -> "";
            case MINIMAL -> etag;
            case FULL ->
                "\"@odata.type\":\"#Microsoft.Dynamics.CRM." + links.table().logicalName() + "\",\"@odata.id\":\""
                        + links.row(row.id()) + "\"," + etag + ",\"@odata.editLink\":\"" + links.localRow(row.id())
                        + "\"";
        };
    }
}
