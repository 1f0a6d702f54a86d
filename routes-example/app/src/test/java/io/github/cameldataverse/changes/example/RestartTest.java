package io.github.cameldataverse.changes.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Consumer;
import org.apache.camel.ServiceStatus;
import org.apache.camel.StatefulService;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class RestartTest extends RouteTest {

    private static final int MANY = 300;

    @ParameterizedTest
    @CsvSource({
        "accounts-to-files,accounts-to-files",
        "accounts-to-jms,queue-receiver",
        "accounts-to-sql,accounts-to-sql"
    })
    void aStopInTheMiddleContinuesWhereItWas(String route, String last) throws Exception {
        camel.getRouteController().stopRoute(route);
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            keys.add(upsertKey(accounts(), newAccount("Account " + i)));
        }
        Journal.Hold middle = journal.hold(route, keys.get(MANY / 2));
        camel.getRouteController().startRoute(route);
        soon().until(() -> middle.reached().getCount() == 0);
        CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> stop(route));
        soon().until(() -> isStopping(camel.getRoute(route).getConsumer()));
        middle.released().countDown();
        stop.get(1, TimeUnit.MINUTES);
        assertThat(arrived(last, keys)).as("stopped in the middle").isLessThan(MANY);

        camel.getRouteController().startRoute(route);
        soon().until(() -> arrived(last, keys) >= MANY);
        assertThat(journal(last).stream().filter(keys::contains)).containsExactlyInAnyOrderElementsOf(keys);
    }

    private void stop(String route) {
        try {
            camel.getRouteController().stopRoute(route);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the consumer begins no other exchange: a stop suspends it first. */
    private static boolean isStopping(Consumer consumer) {
        ServiceStatus status = ((StatefulService) consumer).getStatus();
        return status != ServiceStatus.Started;
    }

    private long arrived(String route, List<String> keys) {
        return journal(route).stream().filter(keys::contains).count();
    }
}
