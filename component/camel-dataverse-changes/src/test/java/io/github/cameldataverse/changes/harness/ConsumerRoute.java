package io.github.cameldataverse.changes.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.internal.status.ReaderStatus;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.support.ScheduledPollConsumer;
import org.jspecify.annotations.Nullable;

/** A Camel context with one route that reads a table of the simulator and keeps what it gets. */
public final class ConsumerRoute implements AutoCloseable {

    public static final String ROUTE = "reader";

    private final Map<String, Object> options = new LinkedHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final CamelContext context = new DefaultCamelContext();
    private String table = "account";
    private Processor work = exchange -> {};
    private UnaryOperator<ProcessorDefinition<?>> steps = route -> route;
    private Consumer<RouteBuilder> errorHandling = builder -> {};

    /** What the route got: headers and body at the moment of arrival. */
    public record Received(Map<String, Object> headers, Object body, Map<String, Object> properties) {

        public String key() {
            return (String) headers.get(DataverseChangesConstants.KEY);
        }

        public String id() {
            return (String) headers.get(DataverseChangesConstants.ID);
        }

        public String type() {
            return (String) headers.get(DataverseChangesConstants.CHANGE_TYPE);
        }

        public String text() {
            return (String) body;
        }
    }

    private ConsumerRoute() {
        context.setInflightRepository(new InflightsAtItsEnd(context));
    }

    public static ConsumerRoute of(DataverseSimulator simulator) {
        return of(simulator.organizationUrl()).with("allowInsecure", true).with("accessToken", "demo");
    }

    public static ConsumerRoute of(DataverseSimulator simulator, ChangeTrackingApi api) {
        return of(simulator).with("api", api.word());
    }

    public static ConsumerRoute of(URI organization) {
        return new ConsumerRoute()
                .with("organizationUrl", organization)
                .with("delay", 20)
                .with("initialDelay", 0);
    }

    public ConsumerRoute with(String option, Object value) {
        options.put(option, value);
        return this;
    }

    public ConsumerRoute without(String option) {
        options.remove(option);
        return this;
    }

    public ConsumerRoute table(String name) {
        table = name;
        return this;
    }

    public ConsumerRoute doing(Processor processor) {
        work = processor;
        return this;
    }

    /** Further steps of the route; what they let through counts as received. */
    public ConsumerRoute through(UnaryOperator<ProcessorDefinition<?>> further) {
        steps = further;
        return this;
    }

    public ConsumerRoute handlingErrors(Consumer<RouteBuilder> how) {
        errorHandling = how;
        return this;
    }

    /** Does something between two polls, of which none comes meanwhile. */
    public void whileSuspended(Runnable work) throws Exception {
        context.getRouteController().suspendRoute(ROUTE);
        work.run();
        context.getRouteController().resumeRoute(ROUTE);
    }

    public CamelContext context() {
        return context;
    }

    public ConsumerRoute start() throws Exception {
        addRoute(ROUTE);
        context.start();
        return this;
    }

    public void addRoute(String id) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandling.accept(this);
                steps.apply(from(uri()).routeId(id).process(work))
                        .process(exchange -> received.add(snapshot(exchange)));
            }
        });
    }

    public String uri() {
        return "dataverse-changes:" + table + "?"
                + options.entrySet().stream()
                        .map(option -> option.getKey() + "=" + bound(option.getKey(), option.getValue()))
                        .collect(Collectors.joining("&"));
    }

    /** Beans go through the registry, as a user's would. */
    private String bound(String name, Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean || value instanceof URI) {
            return value.toString();
        }
        context.getRegistry().bind(name, value);
        return "#bean:" + name;
    }

    public List<Received> received() {
        return received;
    }

    public List<String> keys() {
        return received.stream().map(Received::key).toList();
    }

    public List<String> types() {
        return received.stream().map(Received::type).toList();
    }

    public ScheduledPollConsumer consumer() {
        return consumer(ROUTE);
    }

    public ScheduledPollConsumer consumer(String route) {
        return (ScheduledPollConsumer)
                Objects.requireNonNull(context.getRoute(route)).getConsumer();
    }

    public @Nullable Checkpoint checkpoint() {
        return ConsumerAccess.checkpoint(consumer());
    }

    public ReaderStatus.Word word() {
        return ConsumerAccess.status(consumer()).word();
    }

    public HealthCheck.Result health() {
        return health(ROUTE);
    }

    public HealthCheck.Result health(String route) {
        return Objects.requireNonNull(consumer(route).getHealthCheck()).call();
    }

    /** What the health check says; empty if it has nothing to say. */
    public String message() {
        return String.valueOf(health().getMessage().orElse(""));
    }

    /** Polls that are over for certain: Camel counts those that have begun, and the last one may be in hand. */
    public long polls() {
        return Math.max(0, consumer().getCounter() - 1);
    }

    /** Until a poll is over that began after this call, so that it has seen whatever was there before. */
    public void awaitPoll() {
        long begun = consumer().getCounter();
        await().until(() -> consumer().getCounter() > begun + 1);
    }

    /**
     * Until the health check is FAULTED and says all of these words: between two failures the page comes in anew, and until it is
     * refused again the reader is up.
     */
    public void awaitFault(String... words) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(message()).startsWith("FAULTED").contains(words));
    }

    @Override
    public void close() {
        context.stop();
    }

    private static Received snapshot(Exchange exchange) {
        return new Received(
                new LinkedHashMap<>(exchange.getMessage().getHeaders()),
                exchange.getMessage().getBody(),
                new LinkedHashMap<>(exchange.getAllProperties()));
    }
}
