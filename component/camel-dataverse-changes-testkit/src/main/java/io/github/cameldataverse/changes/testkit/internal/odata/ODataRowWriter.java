package io.github.cameldataverse.changes.testkit.internal.odata;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cameldataverse.changes.testkit.internal.json.ByteSink;
import io.github.cameldataverse.changes.testkit.internal.organization.RowLayout;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredRow;

/** Writes a row in JSON: etag first, then the selected columns, each after its annotations. */
final class ODataRowWriter {
    private final RowLayout layout;
    private final int[] columns;
    private final ODataAnnotations annotations;
    private final boolean annotated;

    ODataRowWriter(RowLayout layout, SelectOption selection, ODataAnnotations annotations) {
        this.layout = layout;
        this.columns = selection.columns().stream().mapToInt(Integer::intValue).toArray();
        this.annotations = annotations;
        this.annotated = annotations.ofValues();
    }

    /** The members of the row, without the braces. */
    void writeMembers(ByteSink sink, StoredRow row) {
        sink.put(("\"@odata.etag\":\"W/\\\"" + row.version() + "\\\"\"").getBytes(UTF_8));
        for (int column : columns) {
            if (annotated) {
                annotations.writeTo(sink, layout.column(column), row, column);
            }
            sink.put(layout.name(column));
            row.writeTo(sink, column);
        }
    }
}
