package io.github.cameldataverse.changes.testkit.internal.organization;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cameldataverse.changes.testkit.internal.json.ByteSink;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A row at one version. Its values are kept as JSON, one after the other in one array, because a page of 5,000 rows has
 * to be written in milliseconds. Immutable.
 */
public final class StoredRow {
    private final String id;
    private final long version;
    private final Instant changedAt;
    private final byte[] values;
    private final int[] ends;

    StoredRow(String id, long version, Instant changedAt, List<byte[]> json) {
        this.id = id;
        this.version = version;
        this.changedAt = changedAt;
        this.ends = new int[json.size()];
        this.values = new byte[json.stream().mapToInt(value -> value.length).sum()];
        int end = 0;
        for (int i = 0; i < ends.length; i++) {
            byte[] value = json.get(i);
            System.arraycopy(value, 0, values, end, value.length);
            end += value.length;
            ends[i] = end;
        }
    }

    /** Its id, a lower-case GUID. */
    public String id() {
        return id;
    }

    /** Its row version, unique in the organization. */
    public long version() {
        return version;
    }

    /** When it was last written, by the simulator's clock. */
    public Instant changedAt() {
        return changedAt;
    }

    /** Writes the JSON of one value. */
    public void writeTo(ByteSink sink, int column) {
        int from = start(column);
        sink.put(values, from, ends[column] - from);
    }

    /** The JSON of one value. */
    public String json(int column) {
        int from = start(column);
        return new String(values, from, ends[column] - from, UTF_8);
    }

    byte[] bytes(int column) {
        return Arrays.copyOfRange(values, start(column), ends[column]);
    }

    private int start(int column) {
        return column == 0 ? 0 : ends[column - 1];
    }
}
