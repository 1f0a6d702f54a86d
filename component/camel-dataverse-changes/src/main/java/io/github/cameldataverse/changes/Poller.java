package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.api.NotAcceptedException;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.checkpoint.TokenUnusableException;
import io.github.cameldataverse.changes.internal.delivery.NotCommittedException;
import io.github.cameldataverse.changes.internal.round.ReaderSession;
import io.github.cameldataverse.changes.internal.round.RoundReader;
import io.github.cameldataverse.changes.internal.status.Diagnosis;
import io.github.cameldataverse.changes.internal.status.FaultLog;
import io.github.cameldataverse.changes.internal.status.ReaderStatus;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.TokenConflictException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The polls of a consumer: what a walk came to is how the consumer stands. One thread polls, any thread may ask how it
 * stands.
 */
final class Poller implements RoundReader.Watcher {

    /** Neither zero, which would send the idle message, nor a failure, which the consumer counts. */
    static final int NOT_ASKED = -1;

    private static final Logger LOG = LoggerFactory.getLogger(DataverseChangesConsumer.class);

    private final DataverseChangesConsumer consumer;
    private final RouteSender outlet;
    private final FaultLog faults;
    private final Clock clock;
    private volatile ReaderStatus standing = ReaderStatus.STARTING;
    private volatile @Nullable Checkpoint checkpoint;

    Poller(DataverseChangesConsumer consumer, RouteSender outlet, FaultLog faults, Clock clock) {
        this.consumer = consumer;
        this.outlet = outlet;
        this.faults = faults;
        this.clock = clock;
    }

    /** No page has come in since the start. */
    void begin() {
        standing = ReaderStatus.STARTING;
    }

    /**
     * Walks, if the service may be asked now. Returns the number of exchanges, or {@link #NOT_ASKED}.
     *
     * @throws Exception what is a failure of the poll to Camel
     */
    int next(ReaderSession reading) throws Exception {
        reading.expiry().watch(checkpoint);
        if (!standing.mayAsk(clock.instant())) {
            return NOT_ASKED;
        }
        try {
            int sent = reading.corridor().walk(this);
            standing = ReaderStatus.UP;
            faults.recovered();
            return sent;
        } catch (NotAcceptedException e) {
            return poisoned(e);
        } catch (NotCommittedException e) {
            return notCommitted(e);
        } catch (TokenConflictException e) {
            return overtaken(e);
        } catch (ServiceFault | TokenUnusableException | RuntimeException e) {
            return failed(reading, e);
        } catch (Error e) {
            // An Error ends Camel's scheduler for good, and nobody would be told that no poll follows.
            return failed(reading, new IllegalStateException("The poll ended with " + e, e));
        }
    }

    private int poisoned(NotAcceptedException e) {
        standing = diagnosis().of(e, clock.instant());
        outlet.report(String.valueOf(e.getMessage()), e.failure());
        return NOT_ASKED;
    }

    private int notCommitted(NotCommittedException e) {
        standing = diagnosis().of(e, clock.instant());
        LOG.warn("{}: {}", consumer.subscription(), e.getMessage());
        return NOT_ASKED;
    }

    private int overtaken(TokenConflictException e) {
        LOG.warn(
                "{}: another reader moved the token on, so the page in hand is dropped: {}",
                consumer.subscription(),
                e.getMessage());
        return NOT_ASKED;
    }

    /** A failure that is nobody's fault, or that belongs to a stop, is no failure of the poll. */
    private int failed(ReaderSession reading, Exception e) throws Exception {
        if (reading.isInterrupted()) {
            LOG.debug("{}: stopped while reading", consumer.subscription(), e);
            return NOT_ASKED;
        }
        standing = diagnosis().of(e, clock.instant());
        if (e instanceof ServiceFault.Throttled) {
            LOG.info("{}: {}", consumer.subscription(), e.getMessage());
            return NOT_ASKED;
        }
        throw e;
    }

    private Diagnosis diagnosis() {
        return new Diagnosis(Duration.ofMillis(consumer.getTimeUnit().toMillis(consumer.getDelay())));
    }

    @Override
    public void arrived() {
        // A route that refuses a change still does so, until the walk is over.
        if (standing.word() != ReaderStatus.Word.POISONED) {
            standing = ReaderStatus.UP;
        }
        consumer.ready();
    }

    @Override
    public boolean stands(Checkpoint at) {
        checkpoint = at;
        return consumer.mayGoOn();
    }

    ReaderStatus standing() {
        return standing;
    }

    /** Where the walk stood last; null if no token was read yet. */
    @Nullable
    Checkpoint checkpoint() {
        return checkpoint;
    }
}
