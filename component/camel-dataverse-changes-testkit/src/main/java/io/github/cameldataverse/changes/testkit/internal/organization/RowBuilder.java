package io.github.cameldataverse.changes.testkit.internal.organization;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cameldataverse.changes.testkit.table.ColumnType;
import java.util.ArrayList;
import java.util.List;

/** Builds a row from a write: the values it had, those that are written, and those that the service maintains. */
record RowBuilder(RowLayout layout, OrganizationEvent.Written write) {
    private static final byte[] NULL = "null".getBytes(UTF_8);

    /** A new row. */
    StoredRow created() {
        List<byte[]> values = new ArrayList<>(layout.size());
        for (int i = 0; i < layout.size(); i++) {
            values.add(NULL);
        }
        set(
                values,
                layout.column(layout.primaryId()).name(),
                ColumnCodec.of(ColumnType.UNIQUE_ID).json(write.id()));
        return build(values);
    }

    /** A row that is changed, or restored. */
    StoredRow changed(StoredRow before) {
        List<byte[]> values = new ArrayList<>(layout.size());
        for (int i = 0; i < layout.size(); i++) {
            values.add(before.bytes(i));
        }
        return build(values);
    }

    /** The same row in another layout: new columns are empty, removed ones are left out. */
    static StoredRow withLayout(StoredRow row, RowLayout from, RowLayout to) {
        List<byte[]> values = to.columns().stream()
                .map(column -> from.position(column.name()).map(row::bytes).orElse(NULL))
                .toList();
        return new StoredRow(row.id(), row.version(), row.changedAt(), values);
    }

    private StoredRow build(List<byte[]> values) {
        write.columns().forEach((name, json) -> set(values, name, json));
        maintain(values);
        return new StoredRow(write.id(), write.version(), write.at(), values);
    }

    private void maintain(List<byte[]> values) {
        boolean created = write.kind() == OrganizationEvent.Kind.CREATE;
        String now = ColumnCodec.of(ColumnType.DATE_TIME).json(write.at());
        if (created) {
            setUnlessWritten(values, "createdon", now);
            setUnlessWritten(values, "statecode", "0");
        }
        if (created || write.columns().containsKey("statecode")) {
            boolean inactive = "1".equals(write.columns().get("statecode"));
            setUnlessWritten(values, "statuscode", inactive ? "2" : "1");
        }
        setUnlessWritten(values, "modifiedon", now);
        set(values, "versionnumber", Long.toString(write.version()));
    }

    private void setUnlessWritten(List<byte[]> values, String name, String json) {
        if (!write.columns().containsKey(name)) {
            set(values, name, json);
        }
    }

    private void set(List<byte[]> values, String name, String json) {
        layout.position(name).ifPresent(position -> values.set(position, json.getBytes(UTF_8)));
    }
}
