package io.github.cameldataverse.changes.lab.race;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.ManualCommit;
import io.github.cameldataverse.changes.harness.InterceptingProxy;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** A reader of a race in a CamelContext of its own. */
final class RaceReader extends RouteBuilder implements Racer {

    private static final String ROUTE = "accounts";
    private static final int FAILS_ONE_IN = 16;
    private static final Set<String> STEPS = Set.of("load", "delivered", "advance", "takeOver");
    /** The race starts and stops the repository, which readers may share. */
    private static final Set<String> LIFE = Set.of("start", "stop");

    private final String name;
    private final RaceOptions options;
    private final RaceSink sink;
    private final RaceTrace trace;
    private final RaceJitter jitter;
    private final TransactionTemplate transaction;
    private final AtomicInteger idle = new AtomicInteger();
    private final AtomicInteger polls = new AtomicInteger();
    private final CamelContext context = new DefaultCamelContext();

    RaceReader(String name, RaceOptions options, RaceStore.Part store, RaceTrace trace) throws Exception {
        this.name = name;
        this.options = options;
        this.sink = new RaceSink(new TransactionAwareDataSourceProxy(store.database()));
        this.trace = trace;
        this.jitter = new RaceJitter(options.seed() + name.hashCode());
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(store.database()));
        context.disableJMX();
        context.getRegistry().bind("counted", new Counted());
        context.getRegistry()
                .bind("tokens", InterceptingProxy.to(DeltaTokenRepository.class, store.tokens(), this::tokenStep));
        context.addRoutes(this);
        context.start();
    }

    private final class Counted extends DefaultPollingConsumerPollStrategy {

        @Override
        public boolean begin(Consumer consumer, Endpoint endpoint) {
            polls.incrementAndGet();
            trace.add(name, "polls");
            return true;
        }
    }

    @Override
    public void configure() {
        // It would log each failure, and there are many.
        errorHandler(noErrorHandler());
        from("dataverse-changes:account?" + options.endpoint() + "&accessToken=" + name
                        + "&idempotentRepository=#tokens&pollStrategy=#counted")
                .routeId(ROUTE)
                .process(this::take);
    }

    private void take(Exchange exchange) {
        if (exchange.getMessage().getHeader(DataverseChangesConstants.KEY) == null) {
            idle.incrementAndGet();
            trace.add(name, "is idle");
            return;
        }
        if (options.disturbed() && jitter.strikes(FAILS_ONE_IN)) {
            throw new IllegalStateException("The sink is down");
        }
        jitter.pause();
        transaction.executeWithoutResult(status -> {
            try {
                write(exchange);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void write(Exchange exchange) throws SQLException {
        effect(exchange);
        if (options.transacted()) {
            sink.log(exchange.getMessage());
            exchange.getProperty(DataverseChangesConstants.MANUAL_COMMIT, ManualCommit.class)
                    .commit();
        }
    }

    private void effect(Exchange exchange) throws SQLException {
        int rows = sink.take(exchange.getMessage());
        String key = exchange.getMessage().getHeader(DataverseChangesConstants.KEY, String.class);
        trace.add(
                name,
                "effect " + RaceTrace.brief(key) + " in round "
                        + exchange.getMessage().getHeader(DataverseChangesConstants.ROUND) + ": " + rows);
    }

    private Object tokenStep(Method method, InterceptingProxy.Made made) throws Throwable {
        if (LIFE.contains(method.getName())) {
            return null;
        }
        if (!STEPS.contains(method.getName())) {
            return made.call();
        }
        jitter.pause();
        try {
            Object result = made.call();
            trace.add(name, method.getName() + (result == null ? "" : " " + result));
            return result;
        } catch (RuntimeException e) {
            trace.add(name, method.getName() + ": " + e);
            throw e;
        }
    }

    @Override
    public int idle() {
        return idle.get();
    }

    @Override
    public int polls() {
        return polls.get();
    }

    @Override
    public void restart() throws Exception {
        trace.add(name, "stops");
        context.getRouteController().stopRoute(ROUTE);
        context.getRouteController().startRoute(ROUTE);
        trace.add(name, "has started again");
    }

    @Override
    public void close() {
        context.stop();
    }
}
