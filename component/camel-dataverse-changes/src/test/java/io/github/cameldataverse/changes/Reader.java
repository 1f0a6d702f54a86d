package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.source.Api;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import java.net.URI;
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

/** A Camel context with one route that reads a table of the simulator and keeps what it gets. */
final class Reader implements AutoCloseable {

    static final String ROUTE = "reader";

    private final Map<String, Object> options = new LinkedHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final CamelContext context = new DefaultCamelContext();
    private String table = "account";
    private Processor work = exchange -> {};
    private UnaryOperator<ProcessorDefinition<?>> steps = route -> route;
    private Consumer<RouteBuilder> errorHandling = builder -> {};

    /** What the route got: headers and body at the moment of arrival. */
    record Received(Map<String, Object> headers, Object body, Map<String, Object> properties) {

        String key() {
            return (String) headers.get(DataverseChangesConstants.KEY);
        }

        String id() {
            return (String) headers.get(DataverseChangesConstants.ID);
        }

        String type() {
            return (String) headers.get(DataverseChangesConstants.CHANGE_TYPE);
        }

        String text() {
            return (String) body;
        }
    }

    static Reader of(DataverseSimulator simulator) {
        return of(simulator.organizationUrl()).with("allowInsecure", true).with("accessToken", "demo");
    }

    static Reader of(DataverseSimulator simulator, Api api) {
        return of(simulator).with("api", api.word());
    }

    static Reader of(URI organization) {
        return new Reader()
                .with("organizationUrl", organization)
                .with("delay", 20)
                .with("initialDelay", 0);
    }

    Reader with(String option, Object value) {
        options.put(option, value);
        return this;
    }

    Reader without(String option) {
        options.remove(option);
        return this;
    }

    Reader table(String name) {
        table = name;
        return this;
    }

    Reader doing(Processor processor) {
        work = processor;
        return this;
    }

    /** Further steps of the route; what they let through counts as received. */
    Reader through(UnaryOperator<ProcessorDefinition<?>> further) {
        steps = further;
        return this;
    }

    Reader handlingErrors(Consumer<RouteBuilder> how) {
        errorHandling = how;
        return this;
    }

    /** Does something between two polls, of which none comes meanwhile. */
    void whileSuspended(Runnable work) throws Exception {
        context.getRouteController().suspendRoute(ROUTE);
        work.run();
        context.getRouteController().resumeRoute(ROUTE);
    }

    CamelContext context() {
        return context;
    }

    Reader start() throws Exception {
        addRoute(ROUTE);
        context.start();
        return this;
    }

    void addRoute(String id) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandling.accept(this);
                steps.apply(from(uri()).routeId(id).process(work))
                        .process(exchange -> received.add(snapshot(exchange)));
            }
        });
    }

    String uri() {
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

    List<Received> received() {
        return received;
    }

    List<String> keys() {
        return received.stream().map(Received::key).toList();
    }

    List<String> types() {
        return received.stream().map(Received::type).toList();
    }

    DataverseChangesConsumer consumer() {
        return (DataverseChangesConsumer)
                Objects.requireNonNull(context.getRoute(ROUTE)).getConsumer();
    }

    Standing.Word word() {
        return consumer().standing().word();
    }

    HealthCheck.Result health() {
        return Objects.requireNonNull(consumer().getHealthCheck()).call();
    }

    /** What the health check says; empty if it has nothing to say. */
    String message() {
        return String.valueOf(health().getMessage().orElse(""));
    }

    /** Polls that are over for certain: Camel counts those that have begun, and the last one may be in hand. */
    long polls() {
        return Math.max(0, consumer().getCounter() - 1);
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
