package io.github.cameldataverse.changes.testkit.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cameldataverse.changes.testkit.json.ByteSink;
import java.time.Instant;
import java.util.List;

/**
 * A row at one version. Its values are kept as the JSON they are sent as, one after the other in one array, because a
 * page of 5,000 rows has to be put together in milliseconds. Immutable.
 */
public final class Row {
    private final String id;
    private final long version;
    private final Instant changedAt;
    private final byte[] values;
    private final int[] ends;

    Row(String id, long version, Instant changedAt, List<String> json) {
        this.id = id;
        this.version = version;
        this.changedAt = changedAt;
        this.ends = new int[json.size()];
        this.values = String.join("", json).getBytes(UTF_8);
        int end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += utf8Length(json.get(i));
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

    /** Adds the JSON of one value. */
    public void writeTo(ByteSink sink, int column) {
        int from = start(column);
        sink.put(values, from, ends[column] - from);
    }

    /** The JSON of one value. */
    public String json(int column) {
        int from = start(column);
        return new String(values, from, ends[column] - from, UTF_8);
    }

    private int start(int column) {
        return column == 0 ? 0 : ends[column - 1];
    }

    private static int utf8Length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Both halves of a pair together are four bytes long.
            length += c < 0x80 ? 1 : c < 0x800 ? 2 : Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }
}
