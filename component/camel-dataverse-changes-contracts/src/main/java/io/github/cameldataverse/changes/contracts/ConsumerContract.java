package io.github.cameldataverse.changes.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a route can rely on that reads changes with a repository: when it is restarted, in the middle of a page too, no
 * change is lost, and none that was accepted comes again. The route reads a simulated Dataverse on a loopback port; each
 * test takes some seconds.
 *
 * <p>For repositories that outlive the process. Each test expects a repository of which nothing was used before.
 */
public abstract class ConsumerContract {

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private static final int PAGE = 3;
    private static final int ALL = Integer.MAX_VALUE;

    private final SimulatedTable accounts = DATAVERSE.table("account");

    /** The repository under test, started; the same one until the test ends or restarts it. */
    protected abstract DeltaTokenRepository repository();

    /** Abandons the repository under test as a crash does, and starts another on the same store. */
    protected abstract void restart();

    @Test
    void aRestartInTheMiddleOfAPageLosesNothingAndRepeatsNothing() throws Exception {
        List<String> created = create(3 * PAGE);
        List<String> accepted = new ArrayList<>();
        try (Route route = new Route(PAGE + 1)) {
            accepted.addAll(route.take(PAGE + 1));
        }
        restart();
        try (Route route = new Route(ALL)) {
            accepted.addAll(route.take(2 * PAGE - 1));
            created.addAll(create(1));
            accepted.addAll(route.take(1));
        }
        assertThat(accepted).containsExactlyInAnyOrderElementsOf(upserts(created));
    }

    @Test
    void aRestartBetweenTwoRoundsReadsOnlyWhatHasChangedSince() throws Exception {
        List<String> created = create(PAGE + 1);
        try (Route route = new Route(ALL)) {
            route.take(PAGE + 1);
            create(1);
            route.take(1); // a change behind the load: the load is over for certain
        }
        restart();
        accounts.update(created.get(0), Map.of("name", "Contoso Ltd."));
        accounts.delete(created.get(1));
        try (Route route = new Route(ALL)) {
            assertThat(route.take(2)).containsExactlyInAnyOrder("upsert " + created.get(0), "delete " + created.get(1));
            assertThat(upserts(create(1))).isEqualTo(route.take(1));
        }
    }

    private List<String> create(int rows) {
        List<String> ids = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            ids.add(accounts.create(Map.of("name", "Contoso " + row)));
        }
        return ids;
    }

    private static List<String> upserts(List<String> ids) {
        return ids.stream().map(id -> "upsert " + id).toList();
    }

    /** A Camel context with a route that accepts so many changes and refuses all that come then. */
    private final class Route implements AutoCloseable {

        private final BlockingQueue<String> accepted = new LinkedBlockingQueue<>();
        private final CamelContext camel = new DefaultCamelContext();
        private int left;

        Route(int changes) throws Exception {
            left = changes;
            camel.getRegistry().bind("tokens", repository());
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    from("dataverse-changes:account?organizationUrl=" + DATAVERSE.organizationUrl()
                                    + "&accessToken=any&allowInsecure=true&select=name&delay=20&initialDelay=0"
                                    + "&idempotentRepository=#bean:tokens&maxPageSize=" + PAGE)
                            .process(Route.this::accept);
                }
            });
            camel.start();
        }

        private void accept(Exchange exchange) {
            if (left-- <= 0) {
                left = 0;
                throw new IllegalStateException("The route accepts no further change.");
            }
            Message change = exchange.getMessage();
            accepted.add(change.getHeader(DataverseChangesConstants.CHANGE_TYPE, String.class) + " "
                    + change.getHeader(DataverseChangesConstants.ID, String.class));
        }

        /** The next changes, at once or when they come. */
        List<String> take(int changes) throws InterruptedException {
            List<String> taken = new ArrayList<>();
            for (int change = 0; change < changes; change++) {
                @Nullable String next = accepted.poll(30, TimeUnit.SECONDS);
                assertThat(next).as("change behind %s", taken).isNotNull();
                taken.add(String.valueOf(next));
            }
            return taken;
        }

        @Override
        public void close() {
            camel.stop();
        }
    }
}
