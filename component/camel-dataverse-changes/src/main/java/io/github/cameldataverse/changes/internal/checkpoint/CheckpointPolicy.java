package io.github.cameldataverse.changes.internal.checkpoint;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.api.FullLoad.Moment;
import io.github.cameldataverse.changes.internal.http.clock.ServiceClock;
import io.github.cameldataverse.changes.internal.source.Page;
import io.github.cameldataverse.changes.option.StartFrom;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.time.Instant;

/**
 * Decides where a subscription stands next: at its start, after a restart, behind a page, after a refusal, after a loss.
 * Writes nothing; {@link CheckpointKeeper} stores what is decided here.
 */
final class CheckpointPolicy {

    /**
     * A repository that knows the revision at the start of a round only: a process counts on alone, one per page. The next one
     * begins that far above, so that its revisions are higher even if its clock is behind.
     */
    private static final long PAGES_OF_A_ROUND = 10_000;

    private final SubscriptionId id;
    private final String fingerprint;
    private final StartFrom start;
    private final KnownRecords known;
    private final FullLoadGate gate;
    private final ServiceClock clock;
    private final RoundNumbers numbers;

    /** @param fingerprint of what the reader asks with */
    CheckpointPolicy(
            SubscriptionId id,
            String fingerprint,
            StartFrom start,
            KnownRecords known,
            FullLoadGate gate,
            ServiceClock clock) {
        this.id = id;
        this.fingerprint = fingerprint;
        this.start = start;
        this.known = known;
        this.gate = gate;
        this.clock = clock;
        this.numbers = new RoundNumbers(clock);
    }

    /**
     * The first checkpoint of a subscription for which nothing is stored.
     *
     * @throws TokenUnusableException if the user wants to go on from a stored token only
     */
    Checkpoint first() throws TokenUnusableException {
        if (start == StartFrom.STORED) {
            throw new TokenUnusableException("No delta token is stored for " + id
                    + ", and startFrom=stored asks for one. If this is a first start, use startFrom=initial; if not, find"
                    + " out where the token went before changes get lost");
        }
        boolean lost = known.tellOfALostToken();
        gate.requireLoad(lost ? Moment.LOST_TOKEN : Moment.FIRST_LOAD, null, known.count());
        return lost ? resyncOfKnownRecords() : firstLoad();
    }

    /** The sinks hold what was delivered before the loss: a first load would leave them what is gone since. */
    private Checkpoint resyncOfKnownRecords() {
        LOG.warn(
                "No delta token is stored for {}, but {} records are known from before: reading the whole table again",
                id,
                known.count());
        return afterLoss(0);
    }

    private Checkpoint firstLoad() {
        LOG.warn(
                "No delta token is stored for {}: {}",
                id,
                start == StartFrom.NOW
                        ? "reading the whole table to start from now; none of its rows is delivered, nor what changed before"
                        : "reading the whole table");
        Phase phase = start == StartFrom.NOW ? Phase.SKIP : Phase.INITIAL;
        return numbers.beginning(
                Checkpoint.first(phase, numbers.first(known.newestRound()), clock.instant(), fingerprint));
    }

    /**
     * Where a reader goes on from what another one, or an earlier process, has stored: from there, from a full resync, or
     * from there with other options than those that are stored.
     *
     * @param resumesInsideRounds whether the repository keeps what was delivered inside a round
     * @throws TokenUnusableException if the token was obtained with other options
     */
    Checkpoint resumed(StoredToken token, boolean resumesInsideRounds) throws TokenUnusableException {
        Checkpoint here = token.checkpoint();
        if (!resumesInsideRounds && here.isFullLoad() && token.isUntouched()) {
            // What another process has delivered of the load may be gone since, and nothing would tell.
            return resync(here, 0);
        }
        if (here.fingerprint().equals(fingerprint)) {
            return here;
        }
        if (here.roundLink() == null && token.isUntouched()) {
            // A full load without a link and without a row: nothing was obtained yet, so it may be asked with anything.
            return here.askedWith(fingerprint);
        }
        throw new TokenUnusableException("The delta token of " + id + " was obtained with " + here.fingerprint()
                + ", and the endpoint now asks with " + fingerprint
                + ". Give it the old options back, or ask for a full reload with the producer operation resync");
    }

    /**
     * The checkpoint from which a reader goes on, in its own hands.
     *
     * @param resumed as {@link #resumed} gave it
     * @param resumesInsideRounds whether the repository knows the revision of the page that was read last
     */
    Checkpoint takenOver(Checkpoint here, Checkpoint resumed, boolean resumesInsideRounds) {
        Checkpoint next = resumed.equals(here) ? here.takenOver() : resumed;
        long unknown = resumesInsideRounds ? 0 : PAGES_OF_A_ROUND;
        return numbers.beginning(next.withRevision(next.revision() + unknown));
    }

    /**
     * The checkpoint behind a page; the same one, if the page says that nothing has changed.
     *
     * @param roundBegan when this round was asked for first: what it ends with tells of changes since then, because the
     *     service fixes that moment at its first page
     */
    Checkpoint behind(Checkpoint from, Page page, Instant roundBegan) {
        if (page.next() instanceof Page.MorePages more) {
            return from.nextPage(
                    more.link(),
                    from.isFullLoad() ? page.rows() : page.changes().size());
        }
        if (page.next() instanceof Page.RoundEnd end) {
            return numbers.paced(from.nextRound(end.deltaLink(), roundBegan));
        }
        return from;
    }

    /** The start of the round, because the service refused the link of its next page. */
    Checkpoint roundAgain(Checkpoint from) {
        // What the first attempt of a load has delivered may be gone by now, and no tombstone would tell.
        return from.isFullLoad() ? resync(from, 0) : from.roundAgain();
    }

    /** A resync because the token has expired. */
    Checkpoint afterExpiry(Checkpoint from) {
        gate.requireLoad(Moment.EXPIRED_TOKEN, from.obtained(), known.count());
        return resync(from, 0);
    }

    /** @param others the latest round of records that another token told of, 0 if none did */
    Checkpoint resync(Checkpoint from, long others) {
        return numbers.paced(from.resync(newest(others), clock.instant(), fingerprint));
    }

    /** A resync where nothing is stored, or something that cannot be read. */
    Checkpoint afterLoss(long others) {
        return numbers.beginning(Checkpoint.afterLoss(numbers.first(newest(others)), clock.instant(), fingerprint));
    }

    private long newest(long others) {
        return Math.max(others, known.newestRound());
    }
}
