package io.github.cameldataverse.changes.lab.crash;

/**
 * One effect that a change had in a sink.
 *
 * @param type of the change
 * @param key of the change
 * @param id of the record; empty for the end of a reload
 * @param name the column that the sink takes from the row; empty for a delete
 */
record SinkEffect(String type, String key, String id, String name) {

    /** The version in the key of an upsert. */
    long version() {
        return Long.parseLong(key.substring(key.indexOf('@') + 1));
    }

    boolean isUpsert() {
        return type.equals("upsert");
    }

    String line() {
        return String.join("\t", type, key, id, name) + "\n";
    }

    static SinkEffect of(String line) {
        String[] parts = line.split("\t", -1);
        return new SinkEffect(parts[0], parts[1], parts[2], parts[3]);
    }
}
