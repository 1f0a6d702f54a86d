package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.delivery.NotAcceptedException;
import io.github.cameldataverse.changes.http.ServiceFault;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.TokenConflictException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.support.ScheduledBatchPollingConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the changes of one table. This class knows when to walk and what a failure means; the walk itself is the
 * {@link Corridor}'s.
 */
class DataverseChangesConsumer extends ScheduledBatchPollingConsumer implements Corridor.Watcher {

    private static final Logger LOG = LoggerFactory.getLogger(DataverseChangesConsumer.class);

    /** Neither zero, which would send the idle message, nor a failure, which the consumer counts. */
    private static final int NOT_ASKED = -1;

    private final DataverseChangesEndpoint endpoint;
    private final Subscription subscription;
    private final Clock clock = Clock.systemUTC();
    private final RoundLog log;
    private final RouteOutlet outlet;
    private final FaultLog faults;
    private volatile Standing standing = Standing.STARTING;
    private volatile @Nullable Checkpoint checkpoint;
    private volatile @Nullable Reading reading;

    DataverseChangesConsumer(DataverseChangesEndpoint endpoint, Processor processor, Subscription subscription) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.subscription = subscription;
        this.log = new RoundLog(subscription, clock);
        this.outlet = new RouteOutlet(this);
        this.faults = new FaultLog(this, clock);
        // The endpoint puts that of the user, or the bridge to the error handler, in its place.
        setExceptionHandler(faults);
    }

    @Override
    protected int poll() throws Exception {
        Reading open = reading;
        ifReading(line -> line.expiry().watch(checkpoint));
        if (open == null || !standing.mayAsk(clock.instant())) {
            return NOT_ASKED;
        }
        try {
            int sent = open.corridor().walk(this);
            standing = Standing.UP;
            faults.recovered();
            return sent;
        } catch (NotAcceptedException e) {
            return poisoned(e);
        } catch (NotCommittedException e) {
            standing = diagnosis().of(e, clock.instant());
            LOG.warn("{}: {}", subscription, e.getMessage());
            return NOT_ASKED;
        } catch (TokenConflictException e) {
            LOG.warn(
                    "{}: another reader moved the token on, so the page in hand is dropped: {}",
                    subscription,
                    e.getMessage());
            return NOT_ASKED;
        } catch (ServiceFault | TokenUnusableException | RuntimeException e) {
            return failed(open, e);
        } catch (Error e) {
            // An Error ends Camel's scheduler for good, and nobody would be told that no poll follows.
            return failed(open, new IllegalStateException("The poll ended with " + e, e));
        }
    }

    private int poisoned(NotAcceptedException e) {
        standing = diagnosis().of(e, clock.instant());
        outlet.report(String.valueOf(e.getMessage()), e.failure());
        return NOT_ASKED;
    }

    /** A failure that is nobody's fault, or that belongs to a stop, is no failure of the poll. */
    private int failed(Reading open, Exception e) throws Exception {
        if (open.isInterrupted()) {
            LOG.debug("{}: stopped while reading", subscription, e);
            return NOT_ASKED;
        }
        standing = diagnosis().of(e, clock.instant());
        if (e instanceof ServiceFault.Throttled) {
            LOG.info("{}: {}", subscription, e.getMessage());
            return NOT_ASKED;
        }
        throw e;
    }

    @Override
    public void arrived() {
        // A route that refuses a change still does so, until the walk is over.
        if (standing.word() != Standing.Word.POISONED) {
            standing = Standing.UP;
        }
        forceConsumerAsReady();
    }

    @Override
    public boolean stands(Checkpoint at) {
        checkpoint = at;
        return mayGoOn();
    }

    /**
     * Whether one more exchange may begin. A shutdown suspends the consumer first, also one that is to complete all
     * tasks, so being suspended is not enough to stop.
     */
    boolean mayGoOn() {
        boolean completing = shutdownRunningTask == ShutdownRunningTask.CompleteAllTasks;
        return isBatchAllowed()
                && (completing || !isSuspendingOrSuspended())
                && !Thread.currentThread().isInterrupted();
    }

    private Diagnosis diagnosis() {
        return new Diagnosis(Duration.ofMillis(getTimeUnit().toMillis(getDelay())));
    }

    @Override
    protected void doBuild() throws Exception {
        setHealthCheck(new DataverseChangesHealthCheck(this));
        super.doBuild();
    }

    @Override
    protected void doStart() throws Exception {
        standing = Standing.STARTING;
        try {
            Reading opened = Reading.open(endpoint.getComponent(), subscription, outlet, log, clock);
            reading = opened;
            if (subscription.preflight()) {
                requireReady(opened);
            }
            super.doStart();
        } catch (Exception e) {
            hangUp();
            throw e;
        }
    }

    private void requireReady(Reading opened) throws Exception {
        PreflightReport report = opened.preflight(endpoint.getCamelContext());
        LOG.info("{}", report.table());
        Optional<Exception> failure = report.failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
        opened.corridor();
    }

    @Override
    protected void doStop() throws Exception {
        try {
            ifReading(Reading::interrupt);
            super.doStop();
        } finally {
            hangUp();
        }
    }

    private void hangUp() {
        ifReading(Reading::close);
        reading = null;
    }

    @Override
    protected void doSuspend() throws Exception {
        if (shutdownRunningTask != ShutdownRunningTask.CompleteAllTasks) {
            ifReading(Reading::interrupt);
        }
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        ifReading(Reading::resume);
        super.doResume();
    }

    private void ifReading(Consumer<Reading> action) {
        Optional.ofNullable(reading).ifPresent(action);
    }

    @Override
    public int processBatch(Queue<Object> exchanges) {
        throw new UnsupportedOperationException("Changes are delivered while they are read, not in batches");
    }

    /** The life of the token in use; empty if there is none. Any thread may ask. */
    Optional<TokenLife> tokenLife() {
        return Optional.ofNullable(reading).flatMap(open -> open.expiry().life(checkpoint));
    }

    Clock clock() {
        return clock;
    }

    /** How the consumer is. A request that waits for its turn for long says so, unless there is something worse to say. */
    Standing standing() {
        Standing last = standing;
        Reading open = reading;
        return open == null || !last.yieldsToAWait()
                ? last
                : open.longWait().map(Standing::waiting).orElse(last);
    }

    Subscription subscription() {
        return subscription;
    }

    @Nullable
    Checkpoint checkpoint() {
        return checkpoint;
    }
}
