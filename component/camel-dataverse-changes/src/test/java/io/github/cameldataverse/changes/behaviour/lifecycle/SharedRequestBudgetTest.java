package io.github.cameldataverse.changes.behaviour.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.DataverseChangesComponent;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.http.budget.RequestBudget;
import io.github.cameldataverse.changes.internal.status.ReaderStatus;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.ReceivedRequest;
import io.github.cameldataverse.changes.testkit.faults.Callback;
import io.github.cameldataverse.changes.testkit.faults.Throttled;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.ScheduledPollConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routes of one application wait together, those of another one do not. */
@Timeout(60)
class SharedRequestBudgetTest {

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void fill() {
        simulator.table("account").create(Map.of("name", "Contoso"));
        simulator.table("contact").create(Map.of("fullname", "Maria"));
    }

    @AfterEach
    void close() {
        context.stop();
    }

    @Test
    @ProvesFault("P1")
    void aRouteThatIsToldToWaitHoldsTheOthersOfItsApplicationBack() throws Exception {
        read("account", "demo");
        read("contact", "demo");
        context.start();
        await().until(() -> word("account") == Word.UP && word("contact") == Word.UP);

        simulator.faults().where(path -> path.contains("/accounts")).always(new Throttled(300));

        await().until(() -> word("account") == Word.THROTTLED && word("contact") == Word.THROTTLED);
        HealthCheck.Result health =
                Objects.requireNonNull(consumer("contact").getHealthCheck()).call();
        assertThat(health.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(health.getDetails()).containsKey("until");
        assertThat((String) health.getDetails().get("reason"))
                .contains("another reader of this application to wait until ");
        assertThat(consumer("contact").getErrorCounter()).isZero();
        int asked = simulator.requests().size();
        long polls = consumer("contact").getCounter();
        await().until(() -> consumer("contact").getCounter() > polls + 5);
        assertThat(simulator.requests()).hasSize(asked);
    }

    @Test
    void aRouteOfAnotherApplicationGoesOn() throws Exception {
        read("account", "demo");
        read("contact", "another");
        context.start();
        await().until(() -> word("account") == Word.UP && word("contact") == Word.UP);

        simulator.faults().where(path -> path.contains("/accounts")).always(new Throttled(300));

        await().until(() -> word("account") == Word.THROTTLED);
        simulator.forgetRequests();
        await().until(() ->
                paths().stream().filter(path -> path.contains("/contacts")).count() > 5);
        // Each of the two asks once how long the organization keeps changes, and that may come late.
        assertThat(paths())
                .filteredOn(path -> !path.contains("expirechangetrackingindays"))
                .allMatch(path -> path.contains("/contacts"));
        assertThat(word("contact")).isEqualTo(Word.UP);
    }

    @Test
    void aRouteThatWaitsForItsTurnStopsAtOnce() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        component().setMaxConcurrentRequests(1);
        simulator.faults().where(path -> path.contains("/accounts")).next(new Callback(() -> {
            inside.countDown();
            awaited(goOn);
        }));
        read("account", "demo");
        context.start();
        awaited(inside);
        read("contact", "demo");
        RequestBudget budget = ConsumerAccess.budget(consumer("contact"));
        await().until(() -> budget.toString().endsWith("1 wait"));

        context.getRouteController().stopRoute("contact", 20, TimeUnit.SECONDS);

        assertThat(budget.toString()).endsWith("0 wait");
        assertThat(paths()).noneMatch(path -> path.contains("contact"));
        goOn.countDown();
        await().until(() -> word("account") == Word.UP);
    }

    @Test
    void theNumberOfRequestsIsCheckedAtTheStart() throws Exception {
        component().setMaxConcurrentRequests(0);
        read("account", "demo");

        assertThatThrownBy(context::start)
                .hasStackTraceContaining(
                        "The option maxConcurrentRequests of the component must lie between 1 and 1000");
    }

    @Test
    void aWaitForATurnIsShownUnlessThereIsSomethingWorse() {
        ReaderStatus waiting = ReaderStatus.waiting(new RequestBudget.Wait(Instant.EPOCH, "Waits for its turn"));

        assertThat(waiting.word()).isEqualTo(Word.THROTTLED);
        assertThat(waiting.isHealthy()).isTrue();
        assertThat(List.of(Word.values()))
                .filteredOn(word -> new ReaderStatus(word, "", 0, Instant.EPOCH, null).yieldsToAWait())
                .containsExactly(Word.STARTING, Word.UP, Word.THROTTLED, Word.STANDBY);
    }

    private DataverseChangesComponent component() {
        return context.getComponent("dataverse-changes", DataverseChangesComponent.class);
    }

    private void read(String table, String token) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("dataverse-changes:" + table + "?organizationUrl=" + simulator.organizationUrl()
                                + "&allowInsecure=true&accessToken=" + token + "&delay=20&initialDelay=0")
                        .routeId(table)
                        .to("log:changes?level=DEBUG");
            }
        });
    }

    private ScheduledPollConsumer consumer(String route) {
        return (ScheduledPollConsumer)
                Objects.requireNonNull(context.getRoute(route)).getConsumer();
    }

    private Word word(String route) {
        return ConsumerAccess.status(consumer(route)).word();
    }

    private List<String> paths() {
        return simulator.requests().stream().map(ReceivedRequest::pathAndQuery).toList();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
