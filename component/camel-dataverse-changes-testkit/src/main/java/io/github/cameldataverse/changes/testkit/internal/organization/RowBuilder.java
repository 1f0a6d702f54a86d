package io.github.cameldataverse.changes.testkit.internal.organization;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cameldataverse.changes.testkit.table.ColumnType;
import java.util.ArrayList;
import java.util.List;

/** Makes the values of a row: those it had, those that a write gives, and those that the service maintains. */
record RowBuilder(RowLayout layout, OrganizationEvent.Written write) {
    private static final byte[] NULL = "null".getBytes(UTF_8);

    /** A row that was not there before. */
    StoredRow born() {
        List<byte[]> values = new ArrayList<>(layout.size());
        for (int i = 0; i < layout.size(); i++) {
            values.add(NULL);
        }
        set(values, layout.column(layout.primaryId()).name(), ColumnType.UNIQUE_ID.json(write.id()));
        return made(values);
    }

    /** A row that was there, or is back. */
    StoredRow from(StoredRow before) {
        List<byte[]> values = new ArrayList<>(layout.size());
        for (int i = 0; i < layout.size(); i++) {
            values.add(before.bytes(i));
        }
        return made(values);
    }

    /** The same row under another layout: a column that is new is empty, one that is gone is gone. */
    static StoredRow moved(StoredRow row, RowLayout from, RowLayout to) {
        List<byte[]> values = to.columns().stream()
                .map(column -> from.position(column.name()).map(row::bytes).orElse(NULL))
                .toList();
        return new StoredRow(row.id(), row.version(), row.changedAt(), values);
    }

    private StoredRow made(List<byte[]> values) {
        write.columns().forEach((name, json) -> set(values, name, json));
        maintain(values);
        return new StoredRow(write.id(), write.version(), write.at(), values);
    }

    private void maintain(List<byte[]> values) {
        boolean born = write.kind() == OrganizationEvent.Kind.CREATE;
        String now = ColumnType.DATE_TIME.json(write.at());
        if (born) {
            unlessGiven(values, "createdon", now);
            unlessGiven(values, "statecode", "0");
        }
        if (born || write.columns().containsKey("statecode")) {
            boolean inactive = "1".equals(write.columns().get("statecode"));
            unlessGiven(values, "statuscode", inactive ? "2" : "1");
        }
        unlessGiven(values, "modifiedon", now);
        set(values, "versionnumber", Long.toString(write.version()));
    }

    private void unlessGiven(List<byte[]> values, String name, String json) {
        if (!write.columns().containsKey(name)) {
            set(values, name, json);
        }
    }

    private void set(List<byte[]> values, String name, String json) {
        layout.position(name).ifPresent(position -> values.set(position, json.getBytes(UTF_8)));
    }
}
