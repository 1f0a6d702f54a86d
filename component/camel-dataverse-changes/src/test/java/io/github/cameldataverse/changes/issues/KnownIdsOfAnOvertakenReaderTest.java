package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.PolledReader;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.harness.SharedTokens;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.Callback;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A reader wakes up in the middle of a reload that another one has begun anew, and notes for that round what it had found out
 * before: a record that is gone counts as brought by the reload, and stays at the sinks for good.
 */
@OverBothApis
class KnownIdsOfAnOvertakenReaderTest {

    private static final String OPTIONS = "&knownIds=true&api=" + OverBothApis.API.word();

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final String record = accounts.create(Map.of("name", "x"));
    private final String other = accounts.create(Map.of("name", "y"));
    private final Set<String> sink = ConcurrentHashMap.newKeySet();
    private final CountDownLatch quickDelivers = new CountDownLatch(1);
    private final CountDownLatch slowIsDone = new CountDownLatch(1);
    private final AtomicBoolean first = new AtomicBoolean(true);

    private CompletableFuture<Void> poll = CompletableFuture.completedFuture(null);

    @TempDir
    Path directory;

    private DeltaTokenRepository tokens;

    @AfterEach
    void stop() {
        tokens.stop();
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault({"X1", "X2", "P14"})
    void anAnswerThatARecordLivesHidesNoRecordThatIsGoneSince(SharedTokens store) throws Exception {
        tokens = store.open(directory);
        try (PolledReader slow = new PolledReader(simulator, OPTIONS, tokens, this::take);
                PolledReader quick = new PolledReader(simulator, OPTIONS, tokens, this::takeWhenSlowIsDone)) {
            slow.pollToTheEnd();
            accounts.delete(record);
            slow.resync();
            simulator.faults().whereRequest(RequestKind::forRows).next(Callback.after(() -> accounts.restore(record)));
            simulator.faults().whereRequest(RequestKind::forRecords).next(Callback.after(() -> {
                accounts.delete(record);
                accounts.create(Map.of("name", "z"));
                overtake(quick);
            }));
            meet(slow, quick);
        }
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault({"X1", "X2"})
    void aFirstPageHidesNoRecordThatIsGoneSince(SharedTokens store) throws Exception {
        tokens = store.open(directory);
        try (PolledReader slow = new PolledReader(simulator, OPTIONS, tokens, this::take);
                PolledReader quick = new PolledReader(simulator, OPTIONS, tokens, this::takeWhenSlowIsDone)) {
            slow.pollToTheEnd();
            slow.resync();
            simulator.faults().whereRequest(RequestKind::forRows).next(Callback.after(() -> {
                accounts.delete(record);
                overtake(quick);
            }));
            meet(slow, quick);
        }
    }

    /** Until it has asked for the same page, and stands in the route with its first row. */
    private void overtake(PolledReader quick) {
        poll = CompletableFuture.runAsync(quick::poll);
        await(quickDelivers);
    }

    private void meet(PolledReader slow, PolledReader quick) {
        for (int i = 0; i < 3 && first.get(); i++) {
            slow.poll();
        }
        assertThat(first).as("still waiting for the other reader").isFalse();
        slowIsDone.countDown();
        poll.join();
        quick.pollToTheEnd();
        assertThat(sink).contains(other).isEqualTo(Set.copyOf(accounts.ids()));
    }

    private void takeWhenSlowIsDone(Exchange exchange) {
        if (first.compareAndSet(true, false)) {
            quickDelivers.countDown();
            await(slowIsDone);
        }
        take(exchange);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void take(Exchange exchange) {
        String id = exchange.getMessage().getHeader(DataverseChangesConstants.ID, String.class);
        switch (exchange.getMessage().getHeader(DataverseChangesConstants.CHANGE_TYPE, String.class)) {
            case "upsert" -> sink.add(id);
            case "delete" -> sink.remove(id);
            default -> {}
        }
    }
}
