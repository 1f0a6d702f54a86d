package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.api.AlreadyCommittedException;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.sql.LostCommitAnswers;
import io.github.cameldataverse.changes.harness.sql.TestDatabase;
import io.github.cameldataverse.changes.harness.sql.TransactedLog;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * With manualCommit=true the answer to every first COMMIT is lost: what is committed before counts as accepted, in whatever
 * shape the route has, and nothing else does.
 */
@OverBothApis
class ExactlyOnceTest {

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final List<String> deadLetters = new CopyOnWriteArrayList<>();
    private final AtomicInteger attempts = new AtomicInteger();

    private TestDatabase.Opened database;
    private LostCommitAnswers lossy;
    private TransactedLog log;

    private void open(TestDatabase kind) throws Exception {
        database = kind.open();
        lossy = new LostCommitAnswers(database.dataSource());
        log = new TransactedLog(lossy.dataSource());
        log.create();
    }

    @AfterEach
    void close() throws Exception {
        if (database != null) {
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault({"C8", "R11"})
    void aPageIsWrittenOnceIfTheRouteTriesItAgain(TestDatabase kind) throws Exception {
        open(kind);
        create(7);
        try (ConsumerRoute reader = reader().with("exchangePer", "page")
                .handlingErrors(route -> route.errorHandler(
                        route.defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(1)))
                .start()) {
            awaitLines(3, reader);
        }
        assertThat(lossy.lost())
                .as("of the first page of three, and of the last")
                .isEqualTo(2);
        assertThat(log.lines()).containsExactly("3 rows", "3 rows", "1 rows");
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault({"C8", "R11"})
    void aChangeIsAcceptedIfTheRouteDoesNotTryItAgain(TestDatabase kind) throws Exception {
        open(kind);
        List<String> keys = create(7);
        try (ConsumerRoute reader = reader().start()) {
            awaitLines(7, reader);
        }
        assertThat(lossy.lost()).isEqualTo(7);
        assertThat(log.lines()).isEqualTo(keys);
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault({"C8", "R11"})
    void aChangeGoesNeitherToARedeliveryNorToTheDeadLetters(TestDatabase kind) throws Exception {
        open(kind);
        List<String> keys = create(5);
        try (ConsumerRoute reader =
                reader().handlingErrors(this::toDeadLettersUnlessCommitted).start()) {
            awaitLines(5, reader);
        }
        assertThat(log.lines()).isEqualTo(keys);
        assertThat(deadLetters).isEmpty();
        assertThat(attempts).as("one that is lost and one that is told so").hasValue(10);
    }

    private void toDeadLettersUnlessCommitted(RouteBuilder route) {
        route.getContext().getRegistry().bind("dead", (Processor)
                exchange -> deadLetters.add(TransactedLog.line(exchange)));
        route.errorHandler(
                route.deadLetterChannel("bean:dead").maximumRedeliveries(2).redeliveryDelay(1));
        route.onException(AlreadyCommittedException.class, TokenConflictException.class)
                .maximumRedeliveries(0)
                .handled(false)
                // Without a step of its own it would go to the dead letters all the same.
                .log("committed before: ${exception.message}");
    }

    @Test
    void outsideATransactionTheOutcomeOfTheExchangeCounts() throws Exception {
        create(2);
        AtomicBoolean down = new AtomicBoolean(true);
        List<String> sent = new CopyOnWriteArrayList<>();
        try (CapturedLog said = new CapturedLog(ConsumerAccess.LOGGER);
                ConsumerRoute reader = ConsumerRoute.of(simulator, OverBothApis.API)
                        .with("manualCommit", true)
                        .with("idempotentRepository", new MemoryDeltaTokenRepository())
                        .doing(exchange -> {
                            attempts.incrementAndGet();
                            TransactedLog.commitOf(exchange).commit();
                            if (down.get()) {
                                throw new IllegalStateException("the broker is down");
                            }
                            sent.add(TransactedLog.line(exchange));
                        })
                        .handlingErrors(route -> route.errorHandler(route.defaultErrorHandler()
                                .maximumRedeliveries(2)
                                .redeliveryDelay(1)))
                        .start()) {
            await().until(() ->
                    said.lines().stream().anyMatch(line -> line.contains("The route did not accept the change")));
            assertThat(attempts).hasValueGreaterThanOrEqualTo(3);
            assertThat(sent).isEmpty();
            down.set(false);
            await().until(() -> reader.word() == Word.UP && sent.size() == 2);
        }
    }

    private ConsumerRoute reader() {
        return ConsumerRoute.of(simulator, OverBothApis.API)
                .with("manualCommit", true)
                .with("maxPageSize", 3)
                .with("idempotentRepository", log.tokens())
                .doing(log.writing(exchange -> {
                    attempts.incrementAndGet();
                    lossy.loseOnce(exchange);
                }));
    }

    /** The lines are there, and none follows in what comes then. */
    private void awaitLines(int count, ConsumerRoute reader) {
        await().until(() -> log.lines().size() >= count && reader.word() == Word.UP);
        long polls = reader.polls();
        await().until(() -> reader.polls() > polls + 2);
    }

    private List<String> create(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> accounts.create(Map.of("name", "Account " + i)))
                .map(id -> id + "@" + accounts.version(id))
                .toList();
    }
}
