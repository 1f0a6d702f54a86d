package io.github.cameldataverse.changes.issues;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.ManualCommit;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.ReaderLog;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.awaitility.core.ConditionFactory;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A record was edited while a reload ran: it came in the first delta only, and until then the reload's derived delete had
 * taken it away from the sink.
 */
@OverBothApis
class DeletesOfLivingRecordsTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");

    @TempDir
    Path directory;

    /** Where tokens and known ids are kept, and who commits. */
    enum Store {
        MEMORY,
        FILE,
        JDBC,
        JDBC_COMMITTED_BY_THE_ROUTE
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    @ProvesFault("P14")
    void aRecordThatIsEditedDuringAReloadIsNeverDeletedAtTheSink(Store store) throws Exception {
        List<String> ids = accountsIn(accounts, 9);
        DeltaTokenRepository tokens = tokens(store);
        try (ConsumerRoute reader = reader(store, tokens, exchange -> {}).start()) {
            patiently().until(() -> reader.received().size() == 9);
            patiently().until(() -> reader.checkpoint().roundLink() != null);
        }
        String edited = ids.get(7);
        String ghost = ids.get(8);
        accounts.delete(ghost);
        simulator.clock().advance(Duration.ofDays(8));
        AtomicInteger seen = new AtomicInteger();
        try (CapturedLog log = new CapturedLog(ReaderLog.NAME);
                ConsumerRoute reader = reader(store, tokens(store, tokens), exchange -> {
                            if (seen.incrementAndGet() == 3) {
                                accounts.update(edited, Map.of("name", "edited while the reload runs"));
                            }
                        })
                        .start()) {
            patiently().until(() -> count(reader, "resyncCompleted") == 1);
            patiently().until(() -> reader.received().stream().anyMatch(each -> edited.equals(each.id())));

            assertThat(reader.received().stream().filter(each -> "delete".equals(each.type())))
                    .extracting(ConsumerRoute.Received::id)
                    .containsExactly(ghost);
            assertThat(reader.types().indexOf("delete"))
                    .isLessThan(reader.types().indexOf("resyncCompleted"));
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("live at the source"))
                    .singleElement()
                    .asString()
                    .startsWith("INFO")
                    .contains(": 1 of the missing records");

            resync(reader);
            patiently().until(() -> count(reader, "resyncCompleted") == 2);
            assertThat(count(reader, "delete")).as("deletes of both reloads").isEqualTo(1);
            accounts.delete(edited);
            patiently().until(() -> count(reader, "delete") == 2);
            assertThat(sink(ids, reader)).isEqualTo(new TreeSet<>(accounts.ids()));
        }
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(1));
    }

    private ConsumerRoute reader(Store store, DeltaTokenRepository tokens, Work work) {
        return ConsumerRoute.of(simulator, api)
                .with("idempotentRepository", tokens)
                .with("knownIds", true)
                .with("onTokenExpired", "resync")
                .with("maxPageSize", 3)
                .with("manualCommit", store == Store.JDBC_COMMITTED_BY_THE_ROUTE)
                .doing(exchange -> {
                    work.at(exchange);
                    if (store == Store.JDBC_COMMITTED_BY_THE_ROUTE) {
                        exchange.getProperty(DataverseChangesConstants.MANUAL_COMMIT, ManualCommit.class)
                                .commit();
                    }
                });
    }

    /** What happens while an exchange is in the route. */
    private interface Work {
        void at(Exchange exchange);
    }

    private DeltaTokenRepository tokens(Store store) {
        return switch (store) {
            case MEMORY -> new MemoryDeltaTokenRepository();
            case FILE -> new FileDeltaTokenRepository(directory);
            case JDBC, JDBC_COMMITTED_BY_THE_ROUTE -> {
                JdbcDataSource database = new JdbcDataSource();
                database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
                yield new JdbcDeltaTokenRepository(database);
            }
        };
    }

    /** A repository of files is another one after a restart. */
    private DeltaTokenRepository tokens(Store store, DeltaTokenRepository before) {
        return store == Store.FILE ? new FileDeltaTokenRepository(directory) : before;
    }

    private static void resync(ConsumerRoute reader) {
        reader.context().createProducerTemplate().requestBody(reader.uri() + "&operation=resync", (Object) null);
    }

    private static long count(ConsumerRoute reader, String type) {
        return reader.types().stream().filter(type::equals).count();
    }

    private static TreeSet<String> sink(List<String> before, ConsumerRoute reader) {
        TreeSet<String> sink = new TreeSet<>(before);
        reader.received().forEach(each -> {
            boolean unused =
                    "upsert".equals(each.type()) ? sink.add(each.id()) : sink.remove(String.valueOf(each.id()));
        });
        return sink;
    }
}
