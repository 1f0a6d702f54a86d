package io.github.cameldataverse.changes;

import static io.github.cameldataverse.changes.Rows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.Standing.Word;
import io.github.cameldataverse.changes.lab.CutAfter;
import io.github.cameldataverse.changes.lab.Dribble;
import io.github.cameldataverse.changes.lab.Line;
import io.github.cameldataverse.changes.lab.LineProxy;
import io.github.cameldataverse.changes.lab.Reset;
import io.github.cameldataverse.changes.lab.Slice;
import io.github.cameldataverse.changes.lab.Stall;
import io.github.cameldataverse.changes.source.Api;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.EarlyEnd;
import io.github.cameldataverse.changes.testkit.faults.ServiceUnavailable;
import io.github.cameldataverse.changes.testkit.wire.Answer;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A reader on lines that break in every way a line can. */
@OverBothApis
class ConsumerNetworkTest {

    private final Api api = OverBothApis.API;

    private final DataverseSimulator simulator = DataverseSimulator.start();
    private final SimulatedTable accounts = simulator.table("account");
    private LineProxy proxy;

    @BeforeEach
    void open() throws Exception {
        proxy = new LineProxy(simulator.organizationUrl());
    }

    @AfterEach
    void close() throws Exception {
        proxy.close();
        simulator.close();
    }

    @Test
    @Fault("N1")
    void aServerThatCannotBeReachedIsToldAndFoundAgainWithTheCheckpointWhereItWas() throws Exception {
        accountsIn(accounts, 3);
        URI origin = proxy.origin();
        try (Reader reader = reader().with("maxRetries", 0).start()) {
            await().until(() -> reader.received().size() == 3);
            proxy.close();
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(reader.message()).contains(origin + " could not be reached");
            long round = reader.consumer().checkpoint().round();
            accountsIn(accounts, 1);
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 3);
            assertThat(reader.consumer().checkpoint().round()).isEqualTo(round);

            proxy = new LineProxy(simulator.organizationUrl(), origin.getPort());
            await().until(() -> reader.received().size() == 4);
            await().until(() -> reader.word() == Word.UP);
            assertThat(reader.keys()).doesNotHaveDuplicates();
        }
    }

    @Test
    @Fault("N1")
    void aHostThatNobodyKnowsIsNamedAndAskedForAgain() throws Exception {
        try (Reader reader = Reader.of(URI.create("https://nowhere.invalid"))
                .with("api", api.word())
                .with("accessToken", "demo")
                .with("maxRetries", 0)
                .start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("https://nowhere.invalid could not be reached");
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 1);
        }
    }

    @Test
    @Fault("N2")
    void aConnectionThatIsNeverAcceptedEndsAtTheDeadline() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            List<Socket> queue = fill(full);
            try (Reader reader = Reader.of(URI.create("http://127.0.0.1:" + full.getLocalPort()))
                    .with("api", api.word())
                    .with("allowInsecure", true)
                    .with("accessToken", "demo")
                    .with("requestTimeout", 500)
                    .with("maxRetries", 0)
                    .start()) {
                Instant before = Instant.now();
                await().until(() -> reader.word() == Word.FAULTED);
                assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
                assertThat(reader.message()).contains("no whole answer within 500 ms");
            } finally {
                for (Socket waiting : queue) {
                    waiting.close();
                }
            }
        }
    }

    /** Connects until nobody answers any more. */
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
    @Fault("N4")
    void aResetBeforeTheHeadersIsAskedForAgainWithTheSameLink() throws Exception {
        accountsIn(accounts, 7);
        try (Reader reader =
                reader().with("maxPageSize", 3).with("maxRetries", 0).start()) {
            await().until(() -> reader.received().size() == 7);
            simulator.forgetRequests();
            proxy.with(new Reset(0));
            await().until(() -> simulator.requests().size() >= 5);
            assertThat(reader.word()).isIn(Word.FAULTED, Word.UP);
            accountsIn(accounts, 2);
            proxy.with(Line.CLEAN);
            await().until(() -> reader.received().size() == 9);
            assertThat(reader.keys()).doesNotHaveDuplicates();
            assertThat(simulator.requests().subList(0, 5))
                    .extracting(Asking::text)
                    .containsOnly(Asking.text(simulator.requests().get(0)));
        }
    }

    static Stream<Arguments> breaks() {
        IntFunction<Line> cut = CutAfter::new;
        IntFunction<Line> reset = Reset::new;
        return Stream.of(
                Arguments.of("cut", cut, false),
                Arguments.of("cut", cut, true),
                Arguments.of("reset", reset, false),
                Arguments.of("reset", reset, true));
    }

    /** The first connection breaks after 0 bytes, the next after 1, and so on until the page is through. */
    @ParameterizedTest(name = "{0}, delta {2}")
    @MethodSource("breaks")
    @Fault("N5")
    void aPageThatBreaksAtAnyByteDeliversNothingAndIsReadAgain(String how, IntFunction<Line> breaking, boolean delta)
            throws Exception {
        Failures failures = new Failures();
        List<String> ids = accountsIn(accounts, 3);
        try (Reader reader = reader().with("select", "name")
                .with("maxRetries", 0)
                .with("delay", 1)
                .with("exceptionHandler", failures)) {
            if (!delta) {
                simulator.faults().whereAsked(Asking::forRows).always(new ServiceUnavailable(503));
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
            proxy.with(Line.CLEAN);
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
    @Fault("N6")
    void anAnswerThatSimplyEndsIsNeverTakenForTheLastPage(int leftOut) throws Exception {
        accountsIn(accounts, 5);
        simulator.faults().whereAsked(Asking::forRows).always((question, proper) -> {
            // As it is, so that the bytes that are left out are those of the document.
            Answer whole = proper.get().header("Content-Encoding", "identity");
            long bytes = Math.max(0, whole.body().length() - leftOut);
            return new EarlyEnd(bytes).strike(question, () -> whole);
        });
        try (Reader reader =
                reader().with("select", "name").with("maxRetries", 0).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 2);
            assertThat(reader.received()).isEmpty();
            assertThat(reader.consumer().checkpoint().roundLink()).isNull();
            simulator.faults().clear();
            await().until(() -> reader.received().size() == 5);
            assertThat(reader.keys()).doesNotHaveDuplicates();
        }
    }

    static Stream<Line> slowLines() {
        return Stream.of(new Stall(0), new Stall(300), new Dribble(20));
    }

    @ParameterizedTest
    @MethodSource("slowLines")
    @Fault("N7")
    void aLineThatStallsOrDribblesIsLeftAtTheDeadlineAndNothingComesTwice(Line slow) throws Exception {
        accountsIn(accounts, 3);
        try (Reader reader = reader().with("requestTimeout", 400)
                .with("maxRetries", 0)
                .with("select", "name")
                .start()) {
            await().until(() -> reader.received().size() == 3);
            proxy.with(slow);
            accountsIn(accounts, 2);
            await().until(() -> reader.message().contains("no whole answer within 400 ms"));
            proxy.with(Line.CLEAN);
            await().until(() -> reader.received().size() == 5);
            assertThat(reader.keys()).doesNotHaveDuplicates();
        }
    }

    @Test
    @Fault("N9")
    void aKeptConnectionThatWasDroppedMeanwhileCostsARetryAndNoError() throws Exception {
        try (Reader reader = reader().start()) {
            for (int drops = 1; drops <= 10; drops++) {
                int expected = drops;
                accountsIn(accounts, 1);
                await().until(() -> reader.received().size() == expected && proxy.open() > 0);
                int connections = proxy.connections();
                proxy.drop();
                await().until(() -> proxy.connections() > connections);
                assertThat(reader.consumer().getErrorCounter()).isZero();
            }
            assertThat(reader.keys()).doesNotHaveDuplicates();
            assertThat(simulator.requests())
                    .filteredOn(Asking::forRows)
                    .extracting(request -> request.method())
                    .containsOnly(api == Api.WEB_API ? "GET" : "POST");
        }
    }

    @Test
    @Fault("N9")
    void aKeptConnectionThatIsHalfOpenCostsOneDeadlineAndNoError() throws Exception {
        accountsIn(accounts, 1);
        try (Reader reader = reader().with("requestTimeout", 500).start()) {
            await().until(() -> reader.received().size() == 1 && proxy.open() > 0);
            int connections = proxy.connections();
            proxy.goDeaf();
            accountsIn(accounts, 1);
            await().until(() -> proxy.connections() > connections);
            accountsIn(accounts, 1);
            await().until(() -> reader.received().size() == 3);
            assertThat(reader.consumer().getErrorCounter()).isZero();
        }
    }

    static Stream<Line> oddLines() {
        return Stream.of(new Slice(1, 0), new Slice(7, 30), new Slice(1460, 300), new Dribble(0));
    }

    @ParameterizedTest
    @MethodSource("oddLines")
    @Fault("N10")
    void slicesAndLatencyChangeNothing(Line odd) throws Exception {
        accountsIn(accounts, 12);
        proxy.with(odd);
        try (Reader direct = Reader.of(simulator, api).with("maxPageSize", 5).start();
                Reader sliced = reader().with("maxPageSize", 5).start()) {
            await().until(() -> direct.received().size() == 12);
            await().until(() -> sliced.received().size() == 12);
            assertThat(sliced.keys()).isEqualTo(direct.keys());
            assertThat(sliced.received())
                    .extracting(Reader.Received::body)
                    .isEqualTo(direct.received().stream()
                            .map(Reader.Received::body)
                            .toList());
        }
    }

    @Test
    @Fault("N7")
    void aSlowAnswerWithinTheDeadlineIsWaitedForAndOneBehindItIsNot() throws Exception {
        accountsIn(accounts, 1);
        proxy.with(new Slice(1460, 300));
        try (Reader patient = reader().with("requestTimeout", 10_000)
                        .with("maxRetries", 0)
                        .start();
                Reader impatient = reader().with("requestTimeout", 100)
                        .with("maxRetries", 0)
                        .with("subscription", "impatient")
                        .start()) {
            await().until(() -> patient.received().size() == 1);
            await().until(() -> impatient.message().contains("no whole answer within 100 ms"));
            assertThat(patient.consumer().getErrorCounter()).isZero();
            assertThat(impatient.received()).isEmpty();
        }
    }

    private Reader reader() {
        return Reader.of(proxy.origin())
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
