package io.github.cameldataverse.changes.change;

/**
 * A record was deleted, or left the tracked set. A tombstone has no version of its own.
 *
 * @param id id of the record
 * @param reason {@code deleted} or {@code changed}, as served, without control characters and cut at 100 characters;
 *     {@link #MISSING} if it was derived and not served
 * @param round the round that served the tombstone; a replay of the round has the same number
 * @param after how many upserts of the record stand before it in its page
 * @param row the tombstone
 */
public record Delete(String id, String reason, long round, int after, Row row) implements Change {

    /** What is remembered of a record whose delete was delivered. */
    public static final String DELETED = "deleted";

    /** The reason that the service never gives. */
    public static final String MISSING = "missing";

    /**
     * A delete in the shape of a tombstone, of which the service tells nothing: derived from the record's being gone.
     *
     * @param id a checked GUID
     */
    public static Delete missing(String id, long round) {
        return new Delete(id, MISSING, round, 0, Row.of("{\"id\":\"" + id + "\",\"reason\":\"" + MISSING + "\"}"));
    }

    /** The same tombstone at its place behind so many upserts of the record. */
    public Delete after(int upserts) {
        return new Delete(id, reason, round, upserts, row);
    }

    @Override
    public String key() {
        // Without the sign, a duplicate detection that has seen the first tombstone would swallow the second one. It
        // depends on the page alone: what this process remembers is gone after a restart, and the key must stay.
        return id + "!" + round + "+".repeat(after);
    }

    @Override
    public String what() {
        return DELETED;
    }
}
