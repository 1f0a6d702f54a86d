package io.github.cameldataverse.changes.token;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The records that the sinks of one subscription may hold: every id that was offered to the route as an upsert and not
 * deleted since, with the last round that offered it. After a full load of round {@code n} the ids of older rounds are
 * those that the source has no more.
 *
 * <p>An id is put in before its record is offered, and taken out only after a delete was accepted. So a crash between the
 * two leaves an id too many, which costs a delete of a record that is not there, and never one too few, which would cost
 * a record at the sink that stays for ever. A round never goes down, but by {@link #expectAnew}.
 *
 * <p>What a reader writes belongs to a page, and so to the checkpoint before it: each write names that revision, and is refused
 * if another one is stored. The repository looks and writes in one step, which no move of the checkpoint can come between. A
 * reader that slept through a fail-over would otherwise tell of records what another one has found out since, and a record
 * that is gone would stay at the sinks for ever.
 *
 * <p>It is kept from {@link #begin} on. Implementations are safe for use by several threads and throw
 * {@link TokenStoreException} when the store cannot be reached or cannot be trusted.
 */
public interface KnownIds {

    /** Begins to keep ids, unless they are kept already. Returns whether it began now. */
    boolean begin();

    /** Whether ids are kept. */
    boolean isKept();

    /**
     * Puts ids in, or moves them to a later round. Lasting, also over a power cut, when it returns.
     *
     * @param revision of the checkpoint that the reader stands at; 0 if nothing is stored
     * @param round the round whose upserts are about to be offered
     * @param ids each 1 to 500 printable ASCII characters; may come more than once
     * @throws IllegalArgumentException if an id is none that could be read back unchanged
     * @throws TokenConflictException if another revision is stored: another reader has moved on from there. Nothing is
     *     written then
     */
    void expect(long revision, long round, Collection<String> ids);

    /**
     * The same for the first page of a full load. What is of this round already was offered by an attempt that was given
     * up behind its first page, and counts as older from now on: the service begins the load again, and no tombstone will
     * tell of a record that went between the two.
     *
     * @param revision of the checkpoint at which the load stands
     * @throws TokenConflictException if another revision is stored; nothing is written then
     */
    void expectAnew(long revision, long round, Collection<String> ids);

    /**
     * {@link DeltaTokenRepository#advance(SubscriptionId, long, Checkpoint, Map) Advances} the checkpoint and takes out
     * what was deleted in the page, in such an order that no id is lost whose delete was not accepted.
     *
     * @param gone ids of which the last accepted change in the page is a delete; those that are not in are passed over
     * @param delivered what of the page behind {@code next} was delivered before: record id to version or word
     */
    void advance(long expectedRevision, Checkpoint next, Collection<String> gone, Map<String, String> delivered);

    /**
     * Takes an id out, unless it came again in this round or later. Survives a crash of the process. What throws has taken
     * nothing out, or may have, so that it is done again.
     *
     * @param revision of the checkpoint that the reader stands at; 0 if nothing is stored
     * @return whether it was there and older
     * @throws TokenConflictException if another revision is stored; nothing is taken out then
     */
    boolean forget(long revision, String id, long round);

    /**
     * Ids of rounds before this one, in an order of the repository's own. It stays the same while of these ids some are
     * taken out by {@link #forget} and others are put into the round by {@link #expect}, and nothing else is written.
     *
     * @param after the id behind which to go on; empty for the first ones
     * @param most how many at most
     */
    List<String> olderThan(long round, String after, int most);

    /** The last rounds that offered these ids; those that are not known are left out. */
    Map<String, Long> rounds(Collection<String> ids);

    /** How many ids there are, and which rounds they tell of. */
    Tally tally(long round);

    /**
     * A count of known ids.
     *
     * @param ids all of them
     * @param older those of rounds before the one asked for
     * @param newestRound the latest round that ever brought a change, 0 if none did; it stays when its ids go
     */
    record Tally(long ids, long older, long newestRound) {}
}
