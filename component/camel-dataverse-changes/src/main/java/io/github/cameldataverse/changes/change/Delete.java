package io.github.cameldataverse.changes.change;

/**
 * A record was deleted, or left the tracked set. A tombstone has no version of its own.
 *
 * @param id id of the record
 * @param reason {@code deleted} or {@code changed}, as served
 * @param round the round that served the tombstone; a replay of the round has the same number
 * @param again whether the same round had served the record as an upsert before
 * @param row the tombstone
 */
public record Delete(String id, String reason, long round, boolean again, Row row) implements Change {

    /** What is remembered of a record whose delete was delivered. */
    public static final String DELETED = "deleted";

    /** The same tombstone, told apart from an earlier one of its round. */
    public Delete afterItsUpsert() {
        return new Delete(id, reason, round, true, row);
    }

    @Override
    public String key() {
        // Without the sign, a duplicate detection that has seen the first tombstone would swallow the second one.
        return id + "!" + round + (again ? "+" : "");
    }

    @Override
    public String what() {
        return DELETED;
    }
}
