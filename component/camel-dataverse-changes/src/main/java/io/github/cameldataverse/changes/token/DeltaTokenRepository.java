package io.github.cameldataverse.changes.token;

import java.util.Map;
import java.util.Optional;
import org.apache.camel.spi.IdempotentRepository;

/**
 * An idempotent repository that also holds delta tokens.
 *
 * <p>Two namespaces that never meet: the plain keys of {@link IdempotentRepository}, for use with Camel's idempotent
 * consumer, and one token per {@link SubscriptionId}. {@link #clear()} removes plain keys only.
 *
 * <p>The steps of a reader are {@link #load} once, then for every page {@link #delivered} after each accepted change and
 * {@link #advance} after the last one. Advancing is compare-and-set on the revision, so a second reader or one that
 * slept through a fail-over cannot move the token back.
 *
 * <p>It is started before its first reader, stopped after its last one, in whichever Camel contexts they are, and may be
 * started again; what it holds outlives that. One that was started already is not stopped.
 *
 * <p>After any exception, and after the rollback of a transaction that an advance took part in, a reader loads again
 * before it goes on.
 *
 * <p>Implementations are safe for use by several threads. All methods throw {@link TokenStoreException} when the store
 * cannot be reached.
 */
public interface DeltaTokenRepository extends IdempotentRepository {

    /**
     * Reads what is stored.
     *
     * @return the stored token; empty only if nothing was ever stored for this subscription
     * @throws TokenUnreadableException if something is stored but cannot be trusted
     */
    Optional<StoredToken> load(SubscriptionId subscription);

    /**
     * Notes that a change of the current page was accepted. Survives a crash of the process where the repository is
     * durable.
     *
     * @param revision of the checkpoint that the reader stands at, as it loaded or advanced it: the current page is the one
     *     behind it
     * @param recordId id of the record, as served; 1 to 500 printable ASCII characters
     * @param what the version that was delivered, or a word for a delete; replaces what was noted before for this id; 1
     *     to 500 printable ASCII characters
     * @throws IllegalArgumentException if id or version are none that could be read back unchanged
     * @throws IllegalStateException if no checkpoint is stored yet: a note that {@link #load} could not give back would
     *     be lost
     * @throws TokenConflictException if another revision is stored: another reader advanced in the meantime. In a transaction
     *     of the caller, also if this very note is there: another reader delivered the change. Nothing is noted then
     */
    void delivered(SubscriptionId subscription, long revision, String recordId, String what);

    /**
     * Notes several changes of the current page, which the route accepted together. After a crash, and after an exception, each
     * of them is noted or not.
     *
     * <p>As it is here, it notes one after the other. A repository that can write them in one go should.
     *
     * @param delivered record id to version or word, each as {@link #delivered(SubscriptionId, long, String, String)} takes it;
     *     of a record that was delivered more than once, what it came to
     * @throws IllegalArgumentException if one of them could not be read back unchanged; nothing is noted then
     * @throws IllegalStateException if no checkpoint is stored yet; nothing is noted then
     * @throws TokenConflictException if another revision is stored, maybe since some of them were noted; in a transaction of the
     *     caller, also if one of these very
     *     notes is there
     */
    default void delivered(SubscriptionId subscription, long revision, Map<String, String> delivered) {
        DeliveredChange.all(delivered)
                .forEach(change -> delivered(subscription, revision, change.recordId(), change.what()));
    }

    /** {@link #advance(SubscriptionId, long, Checkpoint, Map) Advances} to a page of which nothing is delivered yet. */
    default void advance(SubscriptionId subscription, long expectedRevision, Checkpoint next) {
        advance(subscription, expectedRevision, next, Map.of());
    }

    /**
     * Moves the checkpoint and puts these notes in the place of the delivered map, in one step: a crash, a power cut or a
     * rollback leaves the old checkpoint with its notes, or the new one with these.
     *
     * @param expectedRevision revision of the checkpoint that is to be replaced; 0 if nothing may be stored yet
     * @param next must have a higher revision than the one it replaces
     * @param delivered what of the page behind {@code next} was delivered before, as {@link #delivered} would note it:
     *     record id to version or word
     * @throws IllegalArgumentException if {@code next} has no higher revision, or a note could not be read back unchanged;
     *     nothing is changed then
     * @throws TokenConflictException if another revision is stored; nothing is changed then
     * @throws TokenUnreadableException if what is stored cannot be trusted; nothing is changed then
     */
    void advance(SubscriptionId subscription, long expectedRevision, Checkpoint next, Map<String, String> delivered);

    /**
     * Moves the checkpoint to the same place in the hands of the calling reader, and keeps the delivered map: what another
     * reader noted until then, be it after this one has loaded it, stays noted, at the new revision. In one step: a note of
     * the other reader comes before it and is kept, or behind it and is refused.
     *
     * <p>Without that step, as here, a note that comes between the two calls is lost, and its change comes twice.
     *
     * @param next the stored checkpoint with a higher revision
     * @return what is stored now
     * @throws TokenConflictException if another revision is stored; nothing is changed then
     * @throws TokenUnreadableException if what is stored cannot be trusted; nothing is changed then
     */
    default StoredToken takeOver(SubscriptionId subscription, long expectedRevision, Checkpoint next) {
        Map<String, String> noted =
                load(subscription).map(StoredToken::delivered).orElse(Map.of());
        advance(subscription, expectedRevision, next, noted);
        return new StoredToken(next, noted);
    }

    /**
     * Replaces whatever is stored, readable or not. For an operator's explicit wish only; a reader always uses
     * {@link #advance}. Give it a higher revision than the stored one where that can be read, so that a reader that is
     * still at work is refused.
     */
    void replace(SubscriptionId subscription, Checkpoint next);

    /**
     * The ids of records that this repository keeps for a subscription, so that a full reload can tell what is gone.
     *
     * @return empty if this repository keeps none
     */
    default Optional<KnownIds> knownIds(SubscriptionId subscription) {
        return Optional.empty();
    }

    /**
     * In which transaction of its caller what the calling thread notes and moves takes part now. The store itself names it,
     * so the answer is the same whoever began the transaction: JTA, Spring, or the connection alone.
     *
     * <p>A transaction in which nothing was written yet may have no name: H2 gives one with the first change. So ask after a
     * note or a move.
     *
     * @return {@link CallerTransaction.None} unless the repository joins transactions and there is one
     */
    default CallerTransaction transaction() {
        return new CallerTransaction.None();
    }

    /**
     * Whether the place of a reader inside a round, and what it has delivered there, outlives the process. If not, a full
     * load that was interrupted begins again as a reload.
     */
    default boolean resumesInsideRounds() {
        return true;
    }
}
