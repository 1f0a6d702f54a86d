package io.github.cameldataverse.changes.behaviour.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.DataverseChangesComponent;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenProvider;
import io.github.cameldataverse.changes.harness.ProvesSentence;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.ReceivedRequest;
import io.github.cameldataverse.changes.testkit.table.ColumnType;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One route per table, many tables, one application: they share what the service allows it. */
@Timeout(120)
class ManyTablesTest {

    private static final int ROWS = 2;
    private static final int ROWS_OF_THE_GREEDY_ONE = 40;
    private static final List<String> TABLES =
            IntStream.range(0, 50).mapToObj("new_part%02d"::formatted).toList();
    private static final Pattern TABLE = Pattern.compile("new_part\\d\\d");

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final CamelContext context = new DefaultCamelContext();
    private final Map<String, Set<String>> arrived = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> written = new HashMap<>();

    @AfterEach
    void close() {
        context.stop();
    }

    @ParameterizedTest(name = "what is left is told: {0}")
    @ValueSource(booleans = {true, false})
    @ProvesSentence({"current-31", "2021-15"})
    void fiftyTablesWithinTightLimitsRaiseNoStormStarveNoTableAndLoseNothing(boolean limitsTold) throws Exception {
        TABLES.forEach(this::define);
        TABLES.forEach(table -> write(table, ROWS));
        write(TABLES.get(0), ROWS_OF_THE_GREEDY_ONE);
        simulator.switches().requestLimit(100, Duration.ofSeconds(1)).limitsTold(limitsTold);

        start();
        untilAllHasArrived();
        TABLES.forEach(table -> write(table, 1));
        untilAllHasArrived();

        // Each reader for itself would be refused at every other request, and the greedy one could be ahead by all its
        // rows.
        assertThat(simulator.throttledRequests())
                .isLessThan(simulator.requests().size() / 10);
        assertThat(furthestAhead()).isLessThan(ROWS_OF_THE_GREEDY_ONE / 4);
    }

    private void untilAllHasArrived() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(arrived).isEqualTo(written));
    }

    private void define(String table) {
        simulator.define(TableSchema.named(table).column("name", ColumnType.TEXT));
        arrived.put(table, ConcurrentHashMap.newKeySet());
        written.put(table, ConcurrentHashMap.newKeySet());
    }

    private void write(String table, int rows) {
        for (int row = 0; row < rows; row++) {
            written.get(table).add(simulator.table(table).create(Map.of("name", "row " + row)));
        }
    }

    private void start() throws Exception {
        CountDownLatch all = new CountDownLatch(TABLES.size());
        // Tokens are asked for before a turn is, so that all readers stand at the door together.
        AccessTokenProvider together = resource -> {
            all.countDown();
            awaited(all);
            return new AccessToken("demo", Instant.MAX);
        };
        context.getComponent("dataverse-changes", DataverseChangesComponent.class)
                .setMaxConcurrentRequests(5);
        context.getRegistry().bind("together", together);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                TABLES.forEach(table -> from("dataverse-changes:" + table + "?organizationUrl="
                                + simulator.organizationUrl() + "&allowInsecure=true&accessTokenProvider=#together"
                                + "&maxPageSize=1&delay=500&initialDelay=0")
                        .process(exchange -> arrived.get(table)
                                .add(exchange.getMessage().getHeader(DataverseChangesConstants.ID, String.class))));
            }
        });
        context.start();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * By how many requests one table was ever ahead of another that still had to load, once all stand in the queue: on a
     * busy machine a thread may come to it late.
     */
    private int furthestAhead() {
        List<String> asking = sinceAllHaveAsked(loadRequests());
        Map<String, Long> all = counted(asking);
        Map<String, Long> asked = new HashMap<>();
        TABLES.forEach(table -> asked.put(table, 0L));
        long furthest = 0;
        for (String table : asking) {
            long mine = asked.merge(table, 1L, Long::sum);
            long last = TABLES.stream()
                    .filter(other -> asked.get(other) < all.getOrDefault(other, 0L))
                    .mapToLong(asked::get)
                    .min()
                    .orElse(mine);
            furthest = Math.max(furthest, mine - last);
        }
        return (int) furthest;
    }

    private static List<String> sinceAllHaveAsked(List<String> asking) {
        Set<String> missing = new HashSet<>(TABLES);
        int first = 0;
        while (!missing.isEmpty()) {
            missing.remove(asking.get(first));
            first++;
        }
        return asking.subList(first, asking.size());
    }

    /** The table of each request that belongs to a full load, the look-up before it included. */
    private List<String> loadRequests() {
        return simulator.requests().stream()
                .map(ReceivedRequest::pathAndQuery)
                .filter(path -> !path.contains("deltatoken"))
                .map(TABLE::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .toList();
    }

    private static Map<String, Long> counted(List<String> tables) {
        return tables.stream().collect(Collectors.groupingBy(table -> table, Collectors.counting()));
    }
}
