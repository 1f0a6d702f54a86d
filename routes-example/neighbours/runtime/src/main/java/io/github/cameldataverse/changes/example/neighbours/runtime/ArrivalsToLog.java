package io.github.cameldataverse.changes.example.neighbours.runtime;

import io.quarkus.arc.Unremovable;
import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.inject.Singleton;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCompletedEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In dev mode, one line in the log for what arrived in the last seconds, if anything did. */
@Singleton
@Unremovable
@IfBuildProfile("dev")
class ArrivalsToLog extends EventNotifierSupport implements CamelContextAware {

    private static final Logger LOG = LoggerFactory.getLogger("arrived");
    private static final int SECONDS = 5;

    private final Arrivals arrivals = new Arrivals();
    private @Nullable CamelContext camel;
    private @Nullable ScheduledExecutorService clock;

    @Override
    public void setCamelContext(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return camel;
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof ExchangeCompletedEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        Exchange exchange = ((ExchangeCompletedEvent) event).getExchange();
        if (hasArrived(exchange)) {
            arrivals.count(exchange.getFromRouteId(), type(exchange.getMessage()));
        }
    }

    /** An exchange of a template has no route, and what the dead letters have taken has not arrived. */
    private static boolean hasArrived(Exchange exchange) {
        return exchange.getFromRouteId() != null && exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT) == null;
    }

    /** Of a change; or of a message, which has it under the name that {@code AccountsToJms} gives it. */
    private static String type(Message message) {
        String type = message.getHeader("CamelDataverseChangesChangeType", String.class);
        return type != null ? type : message.getHeader("type", "other", String.class);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (camel != null) {
            clock = camel.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "arrivals");
            clock.scheduleAtFixedRate(this::report, SECONDS, SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (camel != null && clock != null) {
            camel.getExecutorServiceManager().shutdownNow(clock);
        }
        super.doStop();
    }

    private void report() {
        String arrived = arrivals.take();
        if (!arrived.isEmpty()) {
            LOG.info(arrived);
        }
    }
}
