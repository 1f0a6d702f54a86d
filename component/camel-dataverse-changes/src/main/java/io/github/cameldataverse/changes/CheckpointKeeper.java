package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.Subscription.StartFrom;
import io.github.cameldataverse.changes.change.Page;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves the checkpoint of one subscription, and nothing else does. Every move is a compare-and-set. */
final class CheckpointKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointKeeper.class);

    private final DeltaTokenRepository repository;
    private final SubscriptionId id;
    private final String fingerprint;
    private final StartFrom start;
    private final Clock clock;

    CheckpointKeeper(
            DeltaTokenRepository repository, SubscriptionId id, String fingerprint, StartFrom start, Clock clock) {
        this.repository = repository;
        this.id = id;
        this.fingerprint = fingerprint;
        this.start = start;
        this.clock = clock;
    }

    /** What is stored, or the first checkpoint if the user wants one made. */
    StoredToken load() throws TokenUnusableException {
        Optional<StoredToken> stored = repository.load(id);
        StoredToken token = stored.isPresent() ? stored.get() : first();
        if (token.checkpoint().fingerprint().equals(fingerprint)) {
            return token;
        }
        if (hasNotBegun(token)) {
            return moved(token.checkpoint(), token.checkpoint().askedWith(fingerprint));
        }
        throw otherQuery(token.checkpoint());
    }

    /** A full load without a link and without a row: nothing was obtained yet, so it may be asked with anything. */
    private static boolean hasNotBegun(StoredToken token) {
        Checkpoint checkpoint = token.checkpoint();
        return checkpoint.roundLink() == null
                && checkpoint.atRoundStart()
                && token.delivered().isEmpty();
    }

    /** What is stored, if anything; makes nothing and checks nothing but its integrity. */
    Optional<StoredToken> peek() {
        return repository.load(id);
    }

    /** Notes what is delivered of the page in hand. */
    void delivered(Map<String, String> marks) {
        marks.forEach((recordId, history) -> repository.delivered(id, recordId, history));
    }

    /** Moves on behind a page of which every change was accepted. */
    StoredToken advance(Checkpoint from, Page.Next next, int rows) {
        if (next instanceof Page.MorePages more) {
            return moved(from, from.nextPage(more.link(), rows));
        }
        if (next instanceof Page.RoundEnd end) {
            return moved(from, from.nextRound(end.deltaLink(), clock.instant()));
        }
        return new StoredToken(from, Map.of());
    }

    /** Goes back to the start of the round, because the service refused the link of its next page. */
    void roundAgain(Checkpoint from) {
        moved(from, from.roundAgain());
    }

    /** Begins a full reload. */
    StoredToken resync(Checkpoint from) {
        return moved(from, from.resync(clock.instant(), fingerprint));
    }

    /** Begins a full reload whatever is stored, for an operator who says so. */
    void resyncByHand(Optional<Checkpoint> readable) {
        if (readable.isPresent()) {
            resync(readable.get());
        } else {
            repository.replace(id, Checkpoint.afterUnreadable(clock.instant(), fingerprint));
        }
    }

    private StoredToken moved(Checkpoint from, Checkpoint to) {
        repository.advance(id, from.revision(), to);
        return new StoredToken(to, Map.of());
    }

    private StoredToken first() throws TokenUnusableException {
        if (start == StartFrom.STORED) {
            throw new TokenUnusableException("No delta token is stored for " + id
                    + ", and startFrom=stored asks for one. If this is a first start, use startFrom=initial; if not, find"
                    + " out where the token went before changes get lost");
        }
        LOG.warn(
                "No delta token is stored for {}: {}",
                id,
                start == StartFrom.NOW
                        ? "reading the whole table to start from now; none of its rows is delivered"
                        : "reading the whole table");
        Phase phase = start == StartFrom.NOW ? Phase.SKIP : Phase.INITIAL;
        Checkpoint first = Checkpoint.first(phase, clock.instant(), fingerprint);
        repository.advance(id, 0, first);
        return new StoredToken(first, Map.of());
    }

    private TokenUnusableException otherQuery(Checkpoint stored) {
        return new TokenUnusableException("The delta token of " + id + " was obtained with " + stored.fingerprint()
                + ", and the endpoint now asks with " + fingerprint
                + ". Give it the old options back, or ask for a full reload with the producer operation resync");
    }
}
