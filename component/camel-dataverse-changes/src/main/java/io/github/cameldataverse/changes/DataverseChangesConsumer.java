package io.github.cameldataverse.changes;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.internal.checkpoint.TokenLife;
import io.github.cameldataverse.changes.internal.preflight.PreflightChecks;
import io.github.cameldataverse.changes.internal.preflight.PreflightReport;
import io.github.cameldataverse.changes.internal.round.ReaderSession;
import io.github.cameldataverse.changes.internal.round.RoundReader;
import io.github.cameldataverse.changes.internal.status.FaultLog;
import io.github.cameldataverse.changes.internal.status.InflightExchange;
import io.github.cameldataverse.changes.internal.status.ReaderStatus;
import io.github.cameldataverse.changes.internal.status.RoundLog;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.ShutdownStrategy;
import org.apache.camel.support.LoggingExceptionHandler;
import org.apache.camel.support.ScheduledBatchPollingConsumer;

/**
 * Polls the changes of one table. This class lives and stops as Camel wants it; what a poll comes to is for {@link Poller}
 * to say, and the round itself is read by {@link RoundReader}.
 */
class DataverseChangesConsumer extends ScheduledBatchPollingConsumer {

    private final DataverseChangesEndpoint endpoint;
    private final Subscription subscription;
    private final Clock clock;
    private final RoundLog log;
    private final InflightExchange inflight;
    private final RouteSender route;
    private final Poller poller;
    private final ExceptionHandler silence;
    private final Lock polling = new ReentrantLock();
    private volatile Optional<ReaderSession> session = Optional.empty();

    DataverseChangesConsumer(DataverseChangesEndpoint endpoint, Processor processor, Subscription subscription) {
        this(endpoint, processor, subscription, Clock.systemUTC());
    }

    /** @param clock by which the reader waits and grows old */
    DataverseChangesConsumer(
            DataverseChangesEndpoint endpoint, Processor processor, Subscription subscription, Clock clock) {
        super(endpoint, processor);
        this.clock = clock;
        this.endpoint = endpoint;
        this.subscription = subscription;
        this.log = new RoundLog(subscription, clock);
        this.inflight = new InflightExchange(
                endpoint.getComponent().ownClock()::nanos,
                subscription.delivery().maxInflight());
        this.route = new RouteSender(this, inflight);
        FaultLog faults = new FaultLog(endpoint.getCamelContext(), subscription.toString(), this::status, clock);
        this.poller = new Poller(this, route, faults, clock);
        this.silence = new LoggingExceptionHandler(endpoint.getCamelContext(), getClass(), LoggingLevel.OFF);
        // The endpoint puts that of the user, or the bridge to the error handler, in its place.
        setExceptionHandler(faults);
    }

    @Override
    protected int poll() throws Exception {
        Optional<ReaderSession> open = session;
        // Camel's scheduler has an option for several threads, and a round is for one.
        if (open.isEmpty() || !polling.tryLock()) {
            return Poller.NOT_ASKED;
        }
        try {
            return poller.next(open.get());
        } finally {
            polling.unlock();
        }
    }

    /** Once for a failure: Camel asks for it after each poll that has failed. */
    @Override
    public ExceptionHandler getExceptionHandler() {
        return poller.hasTold() ? silence : super.getExceptionHandler();
    }

    /** A page has come in: who waits for the start of the route need not wait any longer. */
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

    private Optional<DataverseChangesHealthCheck> health() {
        return getHealthCheck() instanceof DataverseChangesHealthCheck own ? Optional.of(own) : Optional.empty();
    }

    @Override
    protected void doStart() throws Exception {
        poller.begin();
        try {
            ReaderSession opened = open();
            session = Optional.of(opened);
            if (subscription.preflight()) {
                requireReady(opened);
            }
            super.doStart();
            health().ifPresent(DataverseChangesHealthCheck::register);
        } catch (Exception e) {
            closeSession();
            throw e;
        }
    }

    private ReaderSession open() throws Exception {
        DataverseChangesComponent component = endpoint.getComponent();
        return ReaderSession.open(
                endpoint.getCamelContext(),
                subscription,
                component.claim(),
                component.repositories(),
                component.shared(subscription),
                route,
                log);
    }

    private void requireReady(ReaderSession opened) throws Exception {
        PreflightReport report = new PreflightChecks(
                        endpoint.getCamelContext(),
                        endpoint.getComponent().repositories(),
                        subscription,
                        opened.connection())
                .run();
        LOG.info("{}", report.table());
        Optional<Exception> failure = report.failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
        RoundReader unused = opened.reader();
    }

    @Override
    protected void doStop() throws Exception {
        try {
            session.ifPresent(ReaderSession::interrupt);
            super.doStop();
            writeUnwritten();
        } finally {
            health().ifPresent(DataverseChangesHealthCheck::unregister);
            closeSession();
        }
    }

    private void writeUnwritten() throws InterruptedException {
        ShutdownStrategy shutdown = endpoint.getCamelContext().getShutdownStrategy();
        Duration atMost =
                Duration.of(shutdown.getTimeout(), shutdown.getTimeUnit().toChronoUnit());
        if (session.isPresent()) {
            session.get().writeUnwritten(endpoint.getCamelContext(), atMost);
        }
    }

    private void closeSession() {
        session.ifPresent(ReaderSession::close);
        session = Optional.empty();
    }

    @Override
    protected void doSuspend() throws Exception {
        if (shutdownRunningTask != ShutdownRunningTask.CompleteAllTasks) {
            session.ifPresent(ReaderSession::interrupt);
        }
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        session.ifPresent(ReaderSession::resume);
        super.doResume();
    }

    @Override
    public int processBatch(Queue<Object> exchanges) {
        throw new UnsupportedOperationException("Changes are delivered while they are read, not in batches");
    }

    /** The life of the token in use; empty if there is none. Any thread may ask. */
    Optional<TokenLife> tokenLife() {
        return session.flatMap(open -> poller.checkpoint().flatMap(open.expiry()::life));
    }

    /** Columns of the option select that changes bring no more, because the service dropped them. Any thread may ask. */
    List<String> droppedColumns() {
        return session.flatMap(open -> poller.checkpoint().map(open.connection().source()::droppedColumns))
                .orElse(List.of());
    }

    /** The route has accepted an exchange. */
    void accepted() {
        poller.accepted();
    }

    /** What time it is at the organization, by which tokens grow old. Any thread may ask. */
    Instant serviceTime() {
        return session.<Clock>map(open -> open.connection().clock())
                .orElse(clock)
                .instant();
    }

    /** How the reader is now: while the route has an exchange for too long, nothing else can come about. */
    ReaderStatus status() {
        return inflight.overdue(clock.instant()).orElseGet(this::lastStatus);
    }

    /** A request that waits for its turn for long says so, unless there is something worse to say. */
    private ReaderStatus lastStatus() {
        ReaderStatus last = poller.status();
        ReaderStatus told = last.yieldsToAWait() ? longWait().orElse(last) : last;
        return poller.judged(told);
    }

    private Optional<ReaderStatus> longWait() {
        return session.flatMap(ReaderSession::longWait).map(ReaderStatus::waiting);
    }

    /** How long the route has had the exchange in hand; empty if it has none. Any thread may ask. */
    Optional<Duration> exchangeAge() {
        return inflight.age();
    }

    Subscription subscription() {
        return subscription;
    }

    /** Where the reader stood last; empty if no token was read yet. */
    Optional<Checkpoint> checkpoint() {
        return poller.checkpoint();
    }
}
