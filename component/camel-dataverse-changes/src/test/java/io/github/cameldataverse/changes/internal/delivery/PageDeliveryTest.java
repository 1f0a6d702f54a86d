package io.github.cameldataverse.changes.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.api.NotAcceptedException;
import io.github.cameldataverse.changes.harness.ProvesFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.LoggingLevel;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RollbackExchangeException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PageDeliveryTest {

    private final CamelContext context = new DefaultCamelContext();
    private final List<String> arrived = new ArrayList<>();
    private final List<String> batch = new ArrayList<>();
    private ProducerTemplate producer;
    private Endpoint in;

    @BeforeEach
    void route() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler()
                        .logStackTrace(false)
                        .retryAttemptedLogLevel(LoggingLevel.OFF)
                        .logExhausted(false));
                onException(IllegalArgumentException.class).handled(true).setBody(constant("handled"));
                onException(UnsupportedOperationException.class).continued(true);
                from("direct:in")
                        .process(PageDeliveryTest.this::arrive)
                        .choice()
                        .when(body().isEqualTo("fails"))
                        .throwException(new IllegalStateException("no"))
                        .when(body().isEqualTo("fails and is handled"))
                        .throwException(new IllegalArgumentException("no"))
                        .when(body().isEqualTo("goes on"))
                        .throwException(new UnsupportedOperationException("no"))
                        .when(body().isEqualTo("rolls back"))
                        .markRollbackOnly()
                        .when(body().isEqualTo("rolls back the last"))
                        .markRollbackOnlyLast()
                        .when(body().isEqualTo("rolls back with a word"))
                        .rollback("no")
                        .when(body().isEqualTo("stops"))
                        .stop()
                        .when(body().isEqualTo("dies"))
                        .process(exchange -> {
                            throw new StackOverflowError();
                        })
                        .end();
            }
        });
        // Camel counts an exchange that died of an Error as still under way.
        context.getShutdownStrategy().setTimeout(1);
        context.start();
        producer = context.createProducerTemplate();
        in = context.getEndpoint("direct:in");
    }

    @AfterEach
    void stop() throws Exception {
        producer.close();
        context.close();
    }

    private void arrive(Exchange exchange) {
        arrived.add(exchange.getMessage().getBody(String.class));
        batch.add(exchange.getProperty(ExchangePropertyKey.BATCH_INDEX) + "/"
                + exchange.getProperty(ExchangePropertyKey.BATCH_SIZE) + "/"
                + exchange.getProperty(ExchangePropertyKey.BATCH_COMPLETE));
    }

    @Test
    void everyParcelArrivesAndIsAcceptedBeforeTheNextOneBegins() throws Exception {
        Route route = new Route(99);

        PageDelivery.Delivered delivered =
                new PageDelivery(route, PageDelivery.OnFailure.STOP).deliver(exchanges("a", "b", "c"), route);

        assertThat(delivered).isEqualTo(new PageDelivery.Delivered(3, true));
        assertThat(arrived).containsExactly("a", "b", "c");
        assertThat(route.events)
                .containsExactly(
                        "new",
                        "send",
                        "release",
                        "accepted a",
                        "new",
                        "send",
                        "release",
                        "accepted b",
                        "new",
                        "send",
                        "release",
                        "accepted c");
        assertThat(batch).containsExactly("0/3/false", "1/3/false", "2/3/true");
    }

    @Test
    void anEmptyPageIsWhole() throws Exception {
        assertThat(new PageDelivery(new Route(0), PageDelivery.OnFailure.STOP).deliver(List.of(), new Route(0)))
                .isEqualTo(new PageDelivery.Delivered(0, true));
    }

    @Test
    void aStopInTheMiddleIsObeyedBetweenTwoExchanges() throws Exception {
        for (int stopAfter = 0; stopAfter <= 3; stopAfter++) {
            arrived.clear();
            Route route = new Route(stopAfter);

            PageDelivery.Delivered delivered =
                    new PageDelivery(route, PageDelivery.OnFailure.STOP).deliver(exchanges("a", "b", "c"), route);

            assertThat(delivered).isEqualTo(new PageDelivery.Delivered(stopAfter, stopAfter == 3));
            assertThat(arrived).hasSize(stopAfter);
        }
    }

    @Test
    void theFirstFailureStopsThePage() {
        Route route = new Route(99);

        assertThatThrownBy(() -> new PageDelivery(route, PageDelivery.OnFailure.STOP)
                        .deliver(exchanges("a", "fails", "c"), route))
                .isInstanceOfSatisfying(NotAcceptedException.class, refused -> assertThat(refused.failure())
                        .isInstanceOf(IllegalStateException.class))
                .hasMessage(
                        "The route did not accept fails (IllegalStateException); nothing after it was sent, and it will"
                                + " be offered again");

        assertThat(arrived).containsExactly("a", "fails");
        assertThat(route.events).endsWith("accepted a", "new", "send", "release");
    }

    @Test
    @ProvesFault("D1")
    void aFailureIsPassedOverWhenTheUserSaysSo() throws Exception {
        Route route = new Route(99);

        PageDelivery.Delivered delivered =
                new PageDelivery(route, PageDelivery.OnFailure.SKIP).deliver(exchanges("a", "fails", "c"), route);

        assertThat(delivered).isEqualTo(new PageDelivery.Delivered(3, true));
        assertThat(route.events.stream().filter(event -> event.contains(" ")))
                .containsExactly(
                        "accepted a", "passed over fails IllegalStateException", "skipped fails", "accepted c");
        assertThat(batch).containsExactly("0/3/false", "1/3/false", "2/3/true");
    }

    @Test
    void anExchangeThatIsMarkedForRollbackIsNotAccepted() {
        for (String body : List.of("rolls back", "rolls back the last", "rolls back with a word")) {
            Route route = new Route(99);
            assertThatThrownBy(
                            () -> new PageDelivery(route, PageDelivery.OnFailure.STOP).deliver(exchanges(body), route))
                    .as(body)
                    .isInstanceOfSatisfying(NotAcceptedException.class, refused -> assertThat(refused.failure())
                            .isInstanceOf(RollbackExchangeException.class));
            assertThat(route.events).containsExactly("new", "send", "release");
        }
    }

    @ParameterizedTest
    @EnumSource(PageDelivery.OnFailure.class)
    @ProvesFault("C12")
    void anErrorInTheRouteStopsThePageWhateverTheUserSays(PageDelivery.OnFailure onFailure) {
        Route route = new Route(99);

        assertThatThrownBy(() -> new PageDelivery(route, onFailure).deliver(exchanges("dies", "b"), route))
                .isInstanceOf(NotAcceptedException.class)
                .hasMessageContaining("(StackOverflowError)");
        assertThat(route.events).containsExactly("new", "send", "release");
    }

    @Test
    void anErrorBehindACommitStopsThePageAndIsNotCalledARefusal() {
        Route route = new Route(99) {
            @Override
            public boolean isStored(ChangeExchange change) {
                return true;
            }
        };

        assertThatThrownBy(() ->
                        new PageDelivery(route, PageDelivery.OnFailure.STOP).deliver(exchanges("dies", "b"), route))
                .isInstanceOf(NotAcceptedException.class)
                .hasMessageContaining("already committed")
                .hasMessageContaining("does not come again")
                .hasMessageNotContaining("offered again");
        assertThat(route.events).containsExactly("new", "send", "release");
    }

    @Test
    void aFailureThatTheRouteHandledIsAccepted() throws Exception {
        Route route = new Route(99);

        new PageDelivery(route, PageDelivery.OnFailure.STOP)
                .deliver(exchanges("fails and is handled", "goes on", "stops"), route);

        assertThat(route.events).contains("accepted fails and is handled", "accepted goes on", "accepted stops");
    }

    @Test
    void anExchangeIsGivenBackEvenIfItCouldNotBeFilled() {
        Route route = new Route(99);
        ChangeExchange broken = new Text("broken") {
            @Override
            public void fill(Exchange exchange) {
                throw new IllegalStateException("no body");
            }
        };

        assertThatThrownBy(() -> new PageDelivery(route, PageDelivery.OnFailure.STOP).deliver(List.of(broken), route))
                .isInstanceOf(NotAcceptedException.class)
                .hasMessageContaining("did not accept broken (IllegalStateException)");
        assertThat(route.events).containsExactly("new", "release");
    }

    @Test
    void aRepositoryThatFailsStopsThePage() {
        Route route = new Route(99) {
            @Override
            public void accepted(ChangeExchange change) {
                throw new IllegalStateException("disk full");
            }
        };

        assertThatThrownBy(
                        () -> new PageDelivery(route, PageDelivery.OnFailure.STOP).deliver(exchanges("a", "b"), route))
                .hasMessage("disk full");
        assertThat(arrived).containsExactly("a");
    }

    private static List<ChangeExchange> exchanges(String... bodies) {
        return IntStream.range(0, bodies.length)
                .<ChangeExchange>mapToObj(index -> new Text(bodies[index]))
                .toList();
    }

    private static class Text implements ChangeExchange {

        private final String body;

        Text(String body) {
            this.body = body;
        }

        @Override
        public void fill(Exchange exchange) {
            exchange.getMessage().setBody(body);
        }

        @Override
        public Map<String, String> delivered() {
            return Map.of(body, "1");
        }

        @Override
        public String name() {
            return body;
        }
    }

    /** The way into the route, which closes after so many exchanges. */
    private class Route implements ExchangeSender, DeliveryListener {

        private final List<String> events = new ArrayList<>();
        private int left;

        Route(int exchanges) {
            left = exchanges;
        }

        @Override
        public boolean mayGoOn() {
            return left-- > 0;
        }

        @Override
        public Exchange newExchange() {
            events.add("new");
            return in.createExchange();
        }

        @Override
        public void send(ChangeExchange change, Exchange exchange) {
            events.add("send");
            producer.send(in, exchange);
        }

        @Override
        public void release(Exchange exchange) {
            events.add("release");
        }

        @Override
        public void accepted(ChangeExchange change) {
            events.add("accepted " + change.name());
        }

        @Override
        public void passedOver(ChangeExchange change, Throwable failure) {
            events.add("passed over " + change.name() + " " + rootOf(failure));
        }

        @Override
        public void failedBehindItsCommit(ChangeExchange change, Throwable failure) {
            events.add("failed behind its commit " + change.name() + " " + rootOf(failure));
        }

        @Override
        public void skipped(ChangeExchange change) {
            events.add("skipped " + change.name());
        }

        private static String rootOf(Throwable failure) {
            Throwable cause = failure;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return cause.getClass().getSimpleName();
        }
    }
}
