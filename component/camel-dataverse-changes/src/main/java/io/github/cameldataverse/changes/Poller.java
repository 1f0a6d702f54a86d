package io.github.cameldataverse.changes;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.api.FullLoadRefusedException;
import io.github.cameldataverse.changes.api.NotAcceptedException;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.checkpoint.StandByException;
import io.github.cameldataverse.changes.internal.checkpoint.TokenUnusableException;
import io.github.cameldataverse.changes.internal.delivery.NotCommittedException;
import io.github.cameldataverse.changes.internal.repository.RepositoryUse;
import io.github.cameldataverse.changes.internal.round.ReaderSession;
import io.github.cameldataverse.changes.internal.round.RoundReader;
import io.github.cameldataverse.changes.internal.status.Diagnosis;
import io.github.cameldataverse.changes.internal.status.FaultLog;
import io.github.cameldataverse.changes.internal.status.ReaderStatus;
import io.github.cameldataverse.changes.internal.status.Standstill;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.TokenConflictException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.event.Level;

/**
 * The polls of a consumer: what a round came to is the status of the reader. One thread polls, any thread may ask for the
 * status.
 */
final class Poller implements RoundReader.Watcher {

    /** Neither zero, which would send the idle message, nor a failure, which consumer and poll strategy count. */
    static final int NOT_ASKED = -1;

    private final DataverseChangesConsumer consumer;
    private final RouteSender route;
    private final FaultLog faults;
    private final Clock clock;
    private final Standstill standstill;
    private volatile ReaderStatus status = ReaderStatus.STARTING;
    private volatile Optional<Checkpoint> checkpoint = Optional.empty();
    private Optional<Exception> lastFailure = Optional.empty();
    /** Where a full load stands that was refused at its end. */
    private Optional<Checkpoint> refused = Optional.empty();

    private volatile boolean told;

    Poller(DataverseChangesConsumer consumer, RouteSender route, FaultLog faults, Clock clock) {
        this.consumer = consumer;
        this.route = route;
        this.faults = faults;
        this.clock = clock;
        this.standstill = new Standstill(this::delay, clock);
    }

    /** No page has come in since the start. */
    void begin() {
        status = ReaderStatus.STARTING;
        standstill.gotOn();
    }

    /**
     * Reads a round, if the service may be asked now. Returns the number of exchanges, or {@link #NOT_ASKED}.
     *
     * @throws Exception what is a failure of the poll to Camel
     */
    int next(ReaderSession session) throws Exception {
        checkpoint.ifPresent(session.expiry()::watch);
        told = false;
        if (!status.mayAsk(clock.instant())) {
            return waits();
        }
        if (status.word() == ReaderStatus.Word.THROTTLED) {
            standstill.waited();
        }
        try (RepositoryUse unused = session.repository()) {
            int sent = session.reader().read(this);
            status = ReaderStatus.UP;
            standstill.gotOn();
            faults.recovered();
            return sent;
        } catch (NotAcceptedException e) {
            return poisoned(e);
        } catch (NotCommittedException e) {
            return notCommitted(e);
        } catch (StandByException e) {
            return standsBy(e);
        } catch (TokenConflictException e) {
            return overtaken(e);
        } catch (ServiceFault | TokenUnusableException | RuntimeException e) {
            return failed(session, e);
        } catch (Error e) {
            // An Error ends Camel's scheduler for good, and no poll would follow, without a word.
            return failed(session, new IllegalStateException("The poll ended with " + e, e));
        }
    }

    /**
     * A wait that the service asks for is no failure. While a person has something to mend each poll fails, though nothing is
     * asked: a poll strategy may want to suspend the reader.
     */
    private int waits() throws Exception {
        if (status.word() == ReaderStatus.Word.THROTTLED || lastFailure.isEmpty()) {
            return NOT_ASKED;
        }
        told = true;
        throw lastFailure.get();
    }

    private int poisoned(NotAcceptedException e) throws NotAcceptedException {
        status = diagnosis().of(e, clock.instant());
        route.refused(e);
        told = true;
        throw e;
    }

    private int notCommitted(NotCommittedException e) {
        status = diagnosis().of(e, clock.instant());
        route.notCommitted(e);
        told = true;
        throw e;
    }

    private int standsBy(StandByException e) {
        boolean known = status.word() == ReaderStatus.Word.STANDBY;
        status = diagnosis().of(e, clock.instant());
        LOG.atLevel(known ? Level.DEBUG : Level.WARN).log("{}: {}", consumer.subscription(), e.getMessage());
        return NOT_ASKED;
    }

    private int overtaken(TokenConflictException e) {
        status = diagnosis().of(e, clock.instant());
        LOG.warn(
                "{}: another reader moved the token on, so the page in hand is dropped: {}",
                consumer.subscription(),
                e.getMessage());
        return NOT_ASKED;
    }

    /** A wait that the service asks for, and what comes of a stop, are no failures of the poll. */
    private int failed(ReaderSession session, Exception e) throws Exception {
        if (session.isInterrupted()) {
            LOG.debug("{}: stopped while reading", consumer.subscription(), e);
            return NOT_ASKED;
        }
        status = diagnosis().of(e, clock.instant());
        if (e instanceof ServiceFault.Throttled) {
            LOG.info("{}: {}", consumer.subscription(), e.getMessage());
            return NOT_ASKED;
        }
        lastFailure = Optional.of(e);
        refused = e instanceof FullLoadRefusedException ? checkpoint : Optional.empty();
        throw e;
    }

    /** Whether what the poll in hand fails with has been told before, so that only the poll strategy is to know of it. */
    boolean hasTold() {
        return told;
    }

    private Diagnosis diagnosis() {
        return new Diagnosis(
                delay(),
                consumer.subscription().onTokenExpired(),
                consumer.subscription().reload());
    }

    private Duration delay() {
        return Duration.ofMillis(consumer.getTimeUnit().toMillis(consumer.getDelay()));
    }

    @Override
    public void arrived() {
        // A route that refuses a change still does so, and a load that was refused still is, until the round is over.
        if (status.word() != ReaderStatus.Word.POISONED && !isRefusedLoad()) {
            status = ReaderStatus.UP;
        }
        consumer.ready();
    }

    /** A reload that an operator has asked for since is another one. */
    private boolean isRefusedLoad() {
        return status.word() == ReaderStatus.Word.FAULTED && refused.isPresent() && refused.equals(checkpoint);
    }

    @Override
    public boolean stands(Checkpoint at) {
        if (checkpoint.filter(at::equals).isEmpty()) {
            standstill.gotOn();
        }
        checkpoint = Optional.of(at);
        return consumer.mayGoOn();
    }

    /** The route has accepted an exchange. */
    void accepted() {
        standstill.gotOn();
    }

    ReaderStatus status() {
        return status;
    }

    /** The status, as the health check says it: a reader that only waits, and does not get on, is down. */
    ReaderStatus judged(ReaderStatus told) {
        return standstill.seen(told);
    }

    /** Where the reader stood last; empty if no token was read yet. */
    Optional<Checkpoint> checkpoint() {
        return checkpoint;
    }
}
