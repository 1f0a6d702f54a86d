package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.InterceptingProxy;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.TokenExpired;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.TokenStoreException;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The disk of the token store was full, and one change arrived 79 times in ten seconds, with {@code exchangePer=page} each of
 * 20 changes 73 times: the reader forgot what the route had accepted, and offered it again at every poll.
 */
@OverBothApis
class UnwritableTokenStoreTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final List<String> delivered = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    /** Whether a call that is to write reaches the store, and whether its answer comes back. */
    private enum Store {
        WELL,
        REFUSES,
        LOSES_ANSWERS
    }

    /** What a real repository does when its store cannot be written. */
    private static final class Disturbed {

        private static final Set<String> WRITES =
                Set.of("delivered", "advance", "takeOver", "forget", "expect", "expectAnew", "replace");

        private volatile Store store = Store.WELL;
        private final AtomicInteger refused = new AtomicInteger();

        private DeltaTokenRepository around(DeltaTokenRepository real) {
            return InterceptingProxy.to(
                    DeltaTokenRepository.class,
                    real,
                    (method, made) -> method.getName().equals("knownIds")
                            ? ((Optional<?>) made.call())
                                    .map(ids -> InterceptingProxy.to(KnownIds.class, ids, this::call))
                            : call(method, made));
        }

        private Object call(Method method, InterceptingProxy.Made made) throws Throwable {
            Store now = WRITES.contains(method.getName()) ? store : Store.WELL;
            if (now == Store.REFUSES) {
                throw refusal();
            }
            Object result = made.call();
            if (now == Store.LOSES_ANSWERS) {
                throw refusal();
            }
            return result;
        }

        private TokenStoreException refusal() {
            refused.incrementAndGet();
            return new TokenStoreException("No space left on device");
        }
    }

    static Stream<Arguments> storesAndExchanges() {
        return Stream.of("memory", "file", "jdbc").flatMap(kind -> Stream.of(Store.REFUSES, Store.LOSES_ANSWERS)
                .flatMap(store -> Stream.of("change", "page").map(per -> Arguments.of(kind, store, per))));
    }

    @ParameterizedTest
    @MethodSource("storesAndExchanges")
    @ProvesFault("R1")
    void whatTheRouteAcceptedIsNotOfferedAgainWhileTheStoreCannotBeWritten(String kind, Store store, String per)
            throws Exception {
        List<String> keys = create(20);
        Disturbed disturbed = new Disturbed();
        try (ConsumerRoute reader = reader(disturbed.around(repository(kind)), per)
                .doing(exchange -> {
                    note(exchange);
                    if (delivered.contains(keys.get(6))) {
                        disturbed.store = disturbed.refused.get() == 0 ? store : disturbed.store;
                    }
                })
                .start()) {
            await().until(() -> reader.word() == Word.STORE_LOST);
            await().until(() -> disturbed.refused.get() >= 5);
            assertThat(delivered).isEqualTo(keys.subList(0, per.equals("page") ? 10 : 7));
            disturbed.store = Store.WELL;
            await().until(() -> delivered.contains(keys.get(19)) && reader.word() == Word.UP);
            await().until(() -> reader.checkpoint().roundLink() != null);
        }
        assertThat(delivered).isEqualTo(keys);
    }

    @Test
    @ProvesFault("R1")
    void aDiskThatIsFullRepeatsNothing() throws Exception {
        assumeTrue(succeeds("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", directory.toString()), "may not mount");
        Path filler = directory.resolve("filler");
        try (ConsumerRoute reader = reader(new FileDeltaTokenRepository(directory), "change")
                .doing(exchange -> {
                    note(exchange);
                    if (delivered.size() == 3) {
                        fill(filler);
                    }
                })
                .start()) {
            List<String> keys = create(1000);
            await().until(() -> reader.word() == Word.STORE_LOST);
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 10);
            assertThat(delivered).doesNotHaveDuplicates().hasSizeLessThan(1000);
            Files.delete(filler);
            await().atMost(Duration.ofMinutes(1)).until(() -> delivered.size() >= 1000 && reader.word() == Word.UP);
            assertThat(delivered).isEqualTo(keys);
        } finally {
            assertThat(succeeds("umount", directory.toString())).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("storesAndExchanges")
    void aReloadThatIsAskedForMeanwhileBeginsAndNothingIsLost(String kind, Store store, String per) throws Exception {
        List<String> keys = create(5);
        DeltaTokenRepository real = repository(kind);
        Disturbed disturbed = new Disturbed();
        try (ConsumerRoute reader = reader(disturbed.around(real), per)
                .doing(exchange -> {
                    note(exchange);
                    disturbed.store = disturbed.refused.get() == 0 ? store : disturbed.store;
                })
                .start()) {
            await().until(() -> disturbed.refused.get() >= 3);
            disturbed.store = Store.WELL;
            String uri = reader.uri()
                    .replace("initialDelay=0", "operation=resync")
                    .replaceAll("&(delay|exchangePer)=[^&]*", "");
            reader.context().createProducerTemplate().sendBody(uri, "");
            await().until(() -> reader.checkpoint().roundLink() != null);
        }
        assertThat(delivered).endsWith(keys.get(4)).containsAll(keys);
    }

    @ParameterizedTest
    @MethodSource("storesAndExchanges")
    void aStopWritesWhatCouldNotBeWrittenBefore(String kind, Store store, String per) throws Exception {
        List<String> keys = create(15);
        DeltaTokenRepository real = repository(kind);
        Disturbed disturbed = new Disturbed();
        try (ConsumerRoute reader = reader(disturbed.around(real), per)
                .with("delay", 3_600_000)
                .doing(exchange -> {
                    note(exchange);
                    disturbed.store = store;
                })
                .start()) {
            await().until(() -> reader.word() == Word.STORE_LOST);
            disturbed.store = Store.WELL;
        }
        try (ConsumerRoute next = reader(real, per).doing(this::note).start()) {
            await().until(() -> next.word() == Word.UP && next.checkpoint().roundLink() != null);
        }
        assertThat(delivered).isEqualTo(keys);
    }

    @Test
    void aStopThatCannotWriteSaysThatOneExchangeComesAgain() throws Exception {
        List<String> keys = create(3);
        DeltaTokenRepository real = repository("file");
        Disturbed disturbed = new Disturbed();
        try (CapturedLog log = new CapturedLog(ConsumerAccess.LOGGER)) {
            try (ConsumerRoute reader = reader(disturbed.around(real), "change")
                    .doing(exchange -> {
                        note(exchange);
                        disturbed.store = Store.REFUSES;
                    })
                    .start()) {
                await().until(() -> reader.word() == Word.STORE_LOST);
            }
            assertThat(log.lines())
                    .anyMatch(line -> line.startsWith("WARN")
                            && line.contains("the token repository could not be written before the stop")
                            && line.contains("will be delivered once more"));
        }
        try (ConsumerRoute next = reader(real, "change").doing(this::note).start()) {
            await().until(() -> next.word() == Word.UP && next.checkpoint().roundLink() != null);
        }
        assertThat(delivered).containsExactly(keys.get(0), keys.get(0), keys.get(1), keys.get(2));
    }

    /** As it is when its disk is unmounted, or a person has moved it. */
    @Test
    @ProvesFault("R4")
    void aDirectoryThatIsGoneRepeatsNothingWhenItIsBack() throws Exception {
        Path tokens = directory.resolve("tokens");
        Path away = directory.resolve("away");
        try (ConsumerRoute reader = reader(new FileDeltaTokenRepository(tokens), "change")
                .doing(this::note)
                .start()) {
            List<String> keys = new ArrayList<>(create(2));
            await().until(() -> delivered.size() == 2 && reader.word() == Word.UP);
            Files.move(tokens, away);
            keys.addAll(create(1));
            await().until(() -> reader.word() == Word.STORE_LOST);
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 5);
            Files.move(away, tokens);
            await().until(() -> delivered.size() >= 3 && reader.word() == Word.UP);
            assertThat(delivered).isEqualTo(keys);
        }
    }

    @ParameterizedTest
    @MethodSource("storesAndExchanges")
    @ProvesFault("R1")
    void aDerivedDeleteIsNotOfferedAgainEither(String kind, Store store, String per) throws Exception {
        create(4);
        DeltaTokenRepository real = repository(kind);
        Disturbed disturbed = new Disturbed();
        AtomicInteger deletes = new AtomicInteger();
        try (ConsumerRoute reader = reader(disturbed.around(real), per)
                .with("knownIds", true)
                .with("onTokenExpired", "resync")
                .doing(exchange -> {
                    if (isDelete(exchange)) {
                        deletes.incrementAndGet();
                        disturbed.store = disturbed.refused.get() == 0 ? store : disturbed.store;
                    }
                })
                .start()) {
            await().until(() ->
                    reader.checkpoint() != null && reader.checkpoint().roundLink() != null);
            reader.whileSuspended(() -> {
                accounts.ids().stream().limit(2).toList().forEach(accounts::delete);
                simulator.faults().next(new TokenExpired());
            });
            await().until(() -> disturbed.refused.get() >= 5);
            assertThat(deletes).hasValue(1);
            disturbed.store = Store.WELL;
            await().until(() -> reader.types().contains("resyncCompleted"));
        }
        assertThat(deletes).hasValue(per.equals("page") ? 1 : 2);
    }

    private static boolean isDelete(Exchange exchange) {
        List<?> page = exchange.getProperty(DataverseChangesConstants.CHANGES, List.class);
        return "delete".equals(exchange.getMessage().getHeader(DataverseChangesConstants.CHANGE_TYPE))
                || page != null && page.get(0) instanceof Delete;
    }

    private ConsumerRoute reader(DeltaTokenRepository repository, String per) {
        return ConsumerRoute.of(simulator, api)
                .with("maxPageSize", 10)
                .with("exchangePer", per)
                .with("idempotentRepository", repository);
    }

    private DeltaTokenRepository repository(String kind) throws Exception {
        return switch (kind) {
            case "memory" -> new MemoryDeltaTokenRepository();
            case "file" -> new FileDeltaTokenRepository(directory);
            default ->
                started(new JdbcDeltaTokenRepository(JdbcConnectionPool.create(
                        "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "")));
        };
    }

    private static JdbcDeltaTokenRepository started(JdbcDeltaTokenRepository repository) {
        repository.start();
        return repository;
    }

    private void note(Exchange exchange) {
        List<?> page = exchange.getProperty(DataverseChangesConstants.CHANGES, List.class);
        if (page != null) {
            page.forEach(change -> delivered.add(((Change) change).key()));
        } else if (exchange.getMessage().getHeader(DataverseChangesConstants.ID) != null) {
            delivered.add(exchange.getMessage().getHeader(DataverseChangesConstants.KEY, String.class));
        }
    }

    private List<String> create(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> accounts.create(Map.of("name", "Account " + i)))
                .map(id -> id + "@" + accounts.version(id))
                .toList();
    }

    private static void fill(Path filler) throws IOException {
        try {
            Files.write(filler, new byte[64 * 1024]);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left on device");
        }
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(List.of(command)).start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }
}
