package io.github.cameldataverse.changes.testkit.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cameldataverse.changes.testkit.json.ByteSink;
import io.github.cameldataverse.changes.testkit.model.Layout;
import io.github.cameldataverse.changes.testkit.model.Row;

/** Writes rows: etag first, then the selected columns, each after its annotations. */
final class RowWriter {
    private final Layout layout;
    private final int[] columns;
    private final Annotations annotations;
    private final boolean annotated;

    RowWriter(Layout layout, Selection selection, Annotations annotations) {
        this.layout = layout;
        this.columns = selection.columns().stream().mapToInt(Integer::intValue).toArray();
        this.annotations = annotations;
        this.annotated = annotations.ofValues();
    }

    /** The members of the row, without the braces. */
    void writeMembers(ByteSink sink, Row row) {
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
