package io.github.cameldataverse.changes.behaviour.fault;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.harness.http.RawServer;
import io.github.cameldataverse.changes.harness.network.ByteByByte;
import io.github.cameldataverse.changes.harness.network.ConnectionBehaviour;
import io.github.cameldataverse.changes.harness.network.CutAfter;
import io.github.cameldataverse.changes.harness.network.DelayedPackets;
import io.github.cameldataverse.changes.harness.network.ResetAfter;
import io.github.cameldataverse.changes.harness.network.SilentAfter;
import io.github.cameldataverse.changes.harness.network.TcpProxy;
import io.github.cameldataverse.changes.internal.http.DataverseClient;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.EarlyEnd;
import io.github.cameldataverse.changes.testkit.faults.ServiceUnavailable;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A reader on lines that break in every way a line can. */
@OverBothApis
class BrokenConnectionTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private TcpProxy proxy;

    @BeforeEach
    void open() throws Exception {
        proxy = new TcpProxy(simulator.organizationUrl());
    }

    @AfterEach
    void close() throws Exception {
        proxy.close();
    }

    @Test
    @ProvesFault("N1")
    void aServerThatCannotBeReachedIsToldAndFoundAgainWithTheCheckpointWhereItWas() throws Exception {
        accountsIn(accounts, 3);
        URI origin = proxy.origin();
        try (ConsumerRoute reader = reader().with("maxRetries", 0).start()) {
            await().until(() -> reader.received().size() == 3);
            proxy.close();
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(reader.message()).contains(origin + " could not be reached");
            long round = reader.checkpoint().round();
            accountsIn(accounts, 1);
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 3);
            assertThat(reader.checkpoint().round()).isEqualTo(round);

            proxy = new TcpProxy(simulator.organizationUrl(), origin.getPort());
            await().until(() -> reader.received().size() == 4);
            await().until(() -> reader.word() == Word.UP);
            assertThat(reader.keys()).doesNotHaveDuplicates();
        }
    }

    @Test
    @ProvesFault("N1")
    void aHostWithoutAnAddressIsNamedAndAskedForAgain() throws Exception {
        try (CapturedLog log = new CapturedLog(ConsumerAccess.LOGGER);
                CapturedLog tries = new CapturedLog(DataverseClient.class.getName());
                ConsumerRoute reader = ConsumerRoute.of(URI.create("https://nowhere.invalid"))
                        .with("api", api.word())
                        .with("accessToken", "demo")
                        .with("maxRetries", 1)
                        .start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(tries.lines())
                    .as("within the poll")
                    .anyMatch(line -> line.startsWith("INFO") && line.contains("Trying again, up to 1 times"));
            assertThat(reader.message()).contains("https://nowhere.invalid could not be reached");
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 3);
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN") && line.contains("could not be reached"))
                    .as("the JVM has one text for the first time, and another for those that it remembers")
                    .singleElement()
                    .asString()
                    .contains("nowhere.invalid has no address that the name service knows");
        }
    }

    @ParameterizedTest
    @CsvSource({"requestTimeout, no whole answer within 500 ms", "http.connectTimeout, could not be reached"})
    @ProvesFault("N2")
    void aConnectionThatIsNeverAcceptedEndsAtTheDeadlineOrAtTheTimeForConnecting(String option, String sentence)
            throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            List<Socket> queue = fill(full);
            try (ConsumerRoute reader = ConsumerRoute.of(URI.create("http://127.0.0.1:" + full.getLocalPort()))
                    .with("api", api.word())
                    .with("allowInsecure", true)
                    .with("accessToken", "demo")
                    .with(option, 500)
                    .with("maxRetries", 0)
                    .start()) {
                Instant before = Instant.now();
                await().atMost(Duration.ofSeconds(30)).until(() -> reader.word() == Word.FAULTED);
                assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(15));
                assertThat(reader.message()).contains(sentence);
            } finally {
                for (Socket waiting : queue) {
                    waiting.close();
                }
            }
        }
    }

    @Test
    @ProvesFault("N2")
    void aHandshakeThatIsNeverFinishedIsSaidAtTheFirstTryAndFailsThePollInSeconds() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (RawServer silent = new RawServer((request, out) -> end.await());
                CapturedLog log = new CapturedLog(DataverseClient.class.getName());
                ConsumerRoute reader = ConsumerRoute.of(URI.create(
                                "https://localhost:" + silent.origin().getPort()))
                        .with("api", api.word())
                        .with("accessToken", "demo")
                        .with("http.connectTimeout", 300)
                        .with("maxRetries", 1)
                        .start()) {
            Instant before = Instant.now();
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
            assertThat(silent.requestLines()).hasSizeGreaterThanOrEqualTo(2).containsOnly("TLS");
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 1);
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("INFO"))
                    .singleElement()
                    .asString()
                    .contains("Trying again, up to 1 times, after: https://localhost:")
                    .contains("could not be reached");
        } finally {
            end.countDown();
        }
    }

    /** Connects until there is no answer any more. */
    private static List<Socket> fill(ServerSocket full) throws Exception {
        List<Socket> queue = new ArrayList<>();
        while (queue.size() < 100) {
            Socket next = new Socket();
            try {
                next.connect(new InetSocketAddress("127.0.0.1", full.getLocalPort()), 300);
                queue.add(next);
            } catch (SocketTimeoutException e) {
                next.close();
                return queue;
            }
        }
        throw new AssertionError("the queue of the server never fills");
    }

    @Test
    @ProvesFault("N4")
    void aResetBeforeTheHeadersIsAskedForAgainWithTheSameLink() throws Exception {
        accountsIn(accounts, 7);
        try (ConsumerRoute reader =
                reader().with("maxPageSize", 3).with("maxRetries", 0).start()) {
            await().until(() -> reader.received().size() == 7 && reader.polls() > 1);
            proxy.with(new ResetAfter(0));
            await().until(() -> reader.word() == Word.FAULTED);
            simulator.forgetRequests();
            await().until(() -> simulator.requests().size() >= 5);
            assertThat(reader.word()).isIn(Word.FAULTED, Word.UP);
            accountsIn(accounts, 2);
            proxy.with(ConnectionBehaviour.CLEAN);
            await().until(() -> reader.received().size() == 9);
            assertThat(reader.keys()).doesNotHaveDuplicates();
            assertThat(simulator.requests().subList(0, 5))
                    .extracting(RequestKind::text)
                    .containsOnly(RequestKind.text(simulator.requests().get(0)));
        }
    }

    static Stream<Arguments> breaks() {
        IntFunction<ConnectionBehaviour> cut = CutAfter::new;
        IntFunction<ConnectionBehaviour> reset = ResetAfter::new;
        return Stream.of(
                Arguments.of("cut", cut, false),
                Arguments.of("cut", cut, true),
                Arguments.of("reset", reset, false),
                Arguments.of("reset", reset, true));
    }

    @Test
    @ProvesFault("N4")
    void aResetThatPassesCostsTriesWithinThePollAndNoError() throws Exception {
        Failures failures = new Failures();
        AtomicInteger connections = new AtomicInteger();
        accountsIn(accounts, 1);
        try (ConsumerRoute reader = reader().with("exceptionHandler", failures).start()) {
            await().until(() -> reader.received().size() == 1 && reader.word() == Word.UP);
            proxy.with((answers, client) -> (connections.incrementAndGet() < 3
                            ? new ResetAfter(0)
                            : ConnectionBehaviour.CLEAN)
                    .carry(answers, client));
            accountsIn(accounts, 1);
            await().until(() -> reader.received().size() == 2);
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 1);
            assertThat(connections.get()).isGreaterThanOrEqualTo(3);
            assertThat(failures.count()).isZero();
            assertThat(reader.keys()).doesNotHaveDuplicates();
        }
    }

    /** The first connection breaks after 0 bytes, the next after 1, and so on until the page is through. */
    @ParameterizedTest(name = "{0}, delta {2}")
    @MethodSource("breaks")
    @ProvesFault("N5")
    void aPageThatBreaksAtAnyByteDeliversNothingAndIsReadAgain(
            String how, IntFunction<ConnectionBehaviour> breaking, boolean delta) throws Exception {
        Failures failures = new Failures();
        List<String> ids = accountsIn(accounts, 3);
        try (ConsumerRoute reader = reader().with("select", "name")
                .with("maxRetries", 0)
                .with("delay", 1)
                .with("exceptionHandler", failures)) {
            if (!delta) {
                simulator.faults().whereRequest(RequestKind::forRows).always(new ServiceUnavailable(503));
            }
            reader.start();
            await().until(() -> delta ? reader.received().size() == 3 : reader.word() == Word.FAULTED);
            if (delta) {
                simulator.faults().always(new ServiceUnavailable(503));
                await().until(() -> reader.word() == Word.FAULTED);
                accounts.update(ids.get(0), Map.of("name", "Contoso"));
                accounts.delete(ids.get(1));
            }
            AtomicInteger connection = new AtomicInteger();
            proxy.with((answers, client) ->
                    breaking.apply(connection.getAndIncrement()).carry(answers, client));
            int before = reader.received().size();
            int failed = failures.count();
            simulator.faults().clear();
            await().atMost(Duration.ofMinutes(2)).until(() -> reader.received().size() > before);
            int position = connection.get();
            proxy.with(ConnectionBehaviour.CLEAN);
            int all = delta ? 5 : 3;
            await().until(() -> reader.received().size() == all && reader.word() == Word.UP);
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 3);
            assertThat(reader.keys()).hasSize(all).doesNotHaveDuplicates();
            assertThat(position).as("bytes of the answer").isGreaterThan(600);
            // Cut off in its headers, an answer to a delta link has no body, which says that nothing has changed (P9).
            assertThat(failures.count() - failed).isGreaterThan(position * 4 / 5);
        }
    }

    /** The last byte is the closing brace or bracket of the whole; what stands before it closes the rows. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 300, 10_000})
    @ProvesFault("N6")
    void anAnswerThatSimplyEndsIsNeverTakenForTheLastPage(int leftOut) throws Exception {
        accountsIn(accounts, 5);
        simulator.faults().whereRequest(RequestKind::forRows).always((question, proper) -> {
            // As it is, so that the bytes that are left out are those of the document.
            ServiceResponse whole = proper.get().header("Content-Encoding", "identity");
            long bytes = Math.max(0, whole.body().length() - leftOut);
            return new EarlyEnd(bytes).inject(question, () -> whole);
        });
        try (ConsumerRoute reader =
                reader().with("select", "name").with("maxRetries", 0).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 2);
            assertThat(reader.received()).isEmpty();
            assertThat(reader.checkpoint().roundLink()).isNull();
            simulator.faults().clear();
            await().until(() -> reader.received().size() == 5);
            assertThat(reader.keys()).doesNotHaveDuplicates();
        }
    }

    static Stream<ConnectionBehaviour> slowLines() {
        return Stream.of(new SilentAfter(0), new SilentAfter(300), new ByteByByte(20));
    }

    @ParameterizedTest
    @MethodSource("slowLines")
    @ProvesFault("N7")
    void aLineThatStallsOrDribblesIsLeftAtTheDeadlineAndNothingComesTwice(ConnectionBehaviour slow) throws Exception {
        accountsIn(accounts, 3);
        try (ConsumerRoute reader = reader().with("requestTimeout", 400)
                .with("maxRetries", 0)
                .with("select", "name")
                .start()) {
            await().until(() -> reader.received().size() == 3);
            proxy.with(slow);
            accountsIn(accounts, 2);
            await().until(() -> reader.message().contains("no whole answer within 400 ms"));
            proxy.with(ConnectionBehaviour.CLEAN);
            await().until(() -> reader.received().size() == 5);
            assertThat(reader.keys()).doesNotHaveDuplicates();
        }
    }

    @Test
    @ProvesFault("N9")
    void aKeptConnectionThatWasDroppedMeanwhileCostsARetryAndNoError() throws Exception {
        Failures failures = new Failures();
        try (ConsumerRoute reader = reader().with("exceptionHandler", failures).start()) {
            for (int drops = 1; drops <= 10; drops++) {
                int expected = drops;
                accountsIn(accounts, 1);
                await().until(() -> reader.received().size() == expected && proxy.open() > 0);
                int connections = proxy.connections();
                proxy.drop();
                await().until(() -> proxy.connections() > connections);
            }
            await().until(() -> reader.received().size() == 10 && reader.word() == Word.UP);
            assertThat(failures.count()).isZero();
            assertThat(reader.keys()).doesNotHaveDuplicates();
            assertThat(simulator.requests())
                    .filteredOn(RequestKind::forRows)
                    .extracting(request -> request.method())
                    .containsOnly(api == ChangeTrackingApi.WEB_API ? "GET" : "POST");
        }
    }

    @Test
    @ProvesFault("N9")
    void aKeptConnectionThatIsHalfOpenCostsOneDeadlineAndNoError() throws Exception {
        Failures failures = new Failures();
        accountsIn(accounts, 1);
        try (ConsumerRoute reader = reader().with("requestTimeout", 500)
                .with("exceptionHandler", failures)
                .start()) {
            await().until(() -> reader.received().size() == 1 && proxy.open() > 0);
            int connections = proxy.connections();
            proxy.goDeaf();
            accountsIn(accounts, 1);
            await().until(() -> proxy.connections() > connections);
            accountsIn(accounts, 1);
            await().until(() -> reader.received().size() == 3 && reader.word() == Word.UP);
            assertThat(failures.count()).isZero();
        }
    }

    static Stream<ConnectionBehaviour> oddLines() {
        return Stream.of(
                new DelayedPackets(1, 0), new DelayedPackets(7, 30), new DelayedPackets(1460, 300), new ByteByByte(0));
    }

    @ParameterizedTest
    @MethodSource("oddLines")
    @ProvesFault("N10")
    void slicesAndLatencyChangeNothing(ConnectionBehaviour odd) throws Exception {
        accountsIn(accounts, 12);
        proxy.with(odd);
        try (ConsumerRoute direct =
                        ConsumerRoute.of(simulator, api).with("maxPageSize", 5).start();
                ConsumerRoute sliced = reader().with("maxPageSize", 5).start()) {
            await().until(() -> direct.received().size() == 12);
            await().atMost(Duration.ofMinutes(1)).until(() -> sliced.received().size() == 12);
            assertThat(sliced.keys()).isEqualTo(direct.keys());
            assertThat(sliced.received())
                    .extracting(ConsumerRoute.Received::body)
                    .isEqualTo(direct.received().stream()
                            .map(ConsumerRoute.Received::body)
                            .toList());
        }
    }

    @Test
    @ProvesFault("N7")
    void aSlowAnswerWithinTheDeadlineIsWaitedForAndOneBehindItIsNot() throws Exception {
        accountsIn(accounts, 1);
        proxy.with(new DelayedPackets(1460, 300));
        try (ConsumerRoute patient = reader().with("requestTimeout", 10_000)
                        .with("maxRetries", 0)
                        .start();
                ConsumerRoute impatient = reader().with("requestTimeout", 100)
                        .with("maxRetries", 0)
                        .with("subscription", "impatient")
                        .start()) {
            await().atMost(Duration.ofMinutes(1)).until(() -> patient.received().size() == 1);
            await().until(() -> impatient.message().contains("no whole answer within 100 ms"));
            assertThat(patient.consumer().getErrorCounter()).isZero();
            assertThat(impatient.received()).isEmpty();
        }
    }

    private ConsumerRoute reader() {
        return ConsumerRoute.of(proxy.origin())
                .with("api", api.word())
                .with("allowInsecure", true)
                .with("accessToken", "demo");
    }

    /** Counts what the log would be full of. */
    private static final class Failures extends ServiceSupport implements ExceptionHandler {

        private final AtomicInteger count = new AtomicInteger();

        int count() {
            return count.get();
        }

        @Override
        public void handleException(Throwable exception) {
            count.incrementAndGet();
        }

        @Override
        public void handleException(String message, Throwable exception) {
            count.incrementAndGet();
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            count.incrementAndGet();
        }
    }
}
