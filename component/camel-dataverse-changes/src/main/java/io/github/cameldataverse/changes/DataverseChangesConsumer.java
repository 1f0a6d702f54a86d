package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.internal.checkpoint.TokenLife;
import io.github.cameldataverse.changes.internal.preflight.PreflightReport;
import io.github.cameldataverse.changes.internal.round.ReaderSession;
import io.github.cameldataverse.changes.internal.status.FaultLog;
import io.github.cameldataverse.changes.internal.status.ReaderStatus;
import io.github.cameldataverse.changes.internal.status.RoundLog;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.time.Clock;
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
 * Polls the changes of one table. This class lives and stops as Camel wants it; what a poll comes to is for {@link Poller}
 * to say, and the walk itself is the {@code RoundReader}'s.
 */
public class DataverseChangesConsumer extends ScheduledBatchPollingConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(DataverseChangesConsumer.class);

    private final DataverseChangesEndpoint endpoint;
    private final Subscription subscription;
    private final Clock clock = Clock.systemUTC();
    private final RoundLog log;
    private final RouteSender outlet;
    private final Poller polls;
    private volatile @Nullable ReaderSession reading;

    DataverseChangesConsumer(DataverseChangesEndpoint endpoint, Processor processor, Subscription subscription) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.subscription = subscription;
        this.log = new RoundLog(subscription, clock);
        this.outlet = new RouteSender(this);
        FaultLog faults = new FaultLog(this, clock);
        this.polls = new Poller(this, outlet, faults, clock);
        // The endpoint puts that of the user, or the bridge to the error handler, in its place.
        setExceptionHandler(faults);
    }

    @Override
    protected int poll() throws Exception {
        ReaderSession open = reading;
        return open == null ? Poller.NOT_ASKED : polls.next(open);
    }

    /** A page has come in: whoever waits for the start of the route need not wait any longer. */
    void ready() {
        forceConsumerAsReady();
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

    @Override
    protected void doBuild() throws Exception {
        setHealthCheck(new DataverseChangesHealthCheck(this));
        super.doBuild();
    }

    @Override
    protected void doStart() throws Exception {
        polls.begin();
        try {
            ReaderSession opened = ReaderSession.open(endpoint.getComponent(), subscription, outlet, log, clock);
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

    private void requireReady(ReaderSession opened) throws Exception {
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
            ifReading(ReaderSession::interrupt);
            super.doStop();
        } finally {
            hangUp();
        }
    }

    private void hangUp() {
        ifReading(ReaderSession::close);
        reading = null;
    }

    @Override
    protected void doSuspend() throws Exception {
        if (shutdownRunningTask != ShutdownRunningTask.CompleteAllTasks) {
            ifReading(ReaderSession::interrupt);
        }
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        ifReading(ReaderSession::resume);
        super.doResume();
    }

    private void ifReading(Consumer<ReaderSession> action) {
        Optional.ofNullable(reading).ifPresent(action);
    }

    @Override
    public int processBatch(Queue<Object> exchanges) {
        throw new UnsupportedOperationException("Changes are delivered while they are read, not in batches");
    }

    /** The life of the token in use; empty if there is none. Any thread may ask. */
    Optional<TokenLife> tokenLife() {
        return Optional.ofNullable(reading).flatMap(open -> open.expiry().life(polls.checkpoint()));
    }

    Clock clock() {
        return clock;
    }

    /** How the consumer is. A request that waits for its turn for long says so, unless there is something worse to say. */
    public ReaderStatus standing() {
        ReaderStatus last = polls.standing();
        ReaderSession open = reading;
        return open == null || !last.yieldsToAWait()
                ? last
                : open.longWait().map(ReaderStatus::waiting).orElse(last);
    }

    public Subscription subscription() {
        return subscription;
    }

    @Nullable
    Checkpoint checkpoint() {
        return polls.checkpoint();
    }
}
