package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ConsumerRoute.Received;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.internal.http.clock.OwnClock;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A delete was missing at a sink that leaves out known keys, and a reload left records that were gone: rounds were counted
 * from 1 again after the token was lost.
 */
@OverBothApis
class RoundsAfterALostTokenTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final String id = UUID.randomUUID().toString();

    @TempDir
    Path directory;

    @Test
    void aDeleteAfterARestartWithTokensInMemoryHasAKeyThatNeverWas() throws Exception {
        String before = deletedAfterALoad(new MemoryDeltaTokenRepository());

        assertThat(deletedAfterALoad(new MemoryDeltaTokenRepository())).isNotEqualTo(before);
    }

    @Test
    void aDeleteAfterTheTokenFileWasLostHasAKeyThatNeverWas() throws Exception {
        String before = deletedAfterALoad(new FileDeltaTokenRepository(directory));
        removeFiles();

        assertThat(deletedAfterALoad(new FileDeltaTokenRepository(directory))).isNotEqualTo(before);
    }

    /** The sink of the SQL recipe: what came in an older round than a resync is removed at its end. */
    @Test
    void aReloadRemovesWhatWasSeenBeforeTheTokenWasLost() throws Exception {
        Map<String, Long> sink = new ConcurrentHashMap<>();
        accounts.create(id, Map.of("name", "a"));
        try (ConsumerRoute reader = reader(new FileDeltaTokenRepository(directory))
                .doing(into(sink))
                .start()) {
            for (int round = 1; round <= 10; round++) {
                poll(reader);
                accounts.update(id, Map.of("name", "a" + round));
            }
        }
        removeFiles();
        accounts.delete(id);
        String living = accounts.create(Map.of("name", "b"));
        try (ConsumerRoute reader = reader(new FileDeltaTokenRepository(directory))
                .doing(into(sink))
                .start()) {
            poll(reader);
            reader.context().createProducerTemplate().sendBody(reader.uri() + "&operation=resync", "");
            poll(reader);
            assertThat(reader.types()).contains("resyncCompleted");
        }

        assertThat(sink).containsOnlyKeys(living);
    }

    @Test
    void twoRestartsWithinASecondShareNoRound() throws Exception {
        accounts.create(id, Map.of("name", "a"));
        List<Long> rounds = new ArrayList<>();
        for (int start = 0; start < 5; start++) {
            rounds.addAll(roundsOf(OwnClock.ofThisMachine()));
        }

        assertThat(rounds).doesNotHaveDuplicates().isSorted();
    }

    /** The service tells the right time: what was numbered by a clock that was ahead could not be met again. */
    @ParameterizedTest
    @CsvSource({"0, -1", "1, 0", "26, -26"})
    void aClockThatIsSetBackByHoursBetweenTwoStartsSharesNoRound(int before, int after) throws Exception {
        accounts.create(id, Map.of("name", "a"));
        List<Long> rounds = new ArrayList<>(roundsOf(machine(before)));
        rounds.addAll(roundsOf(machine(after)));
        rounds.addAll(roundsOf(machine(after)));

        assertThat(rounds).doesNotHaveDuplicates().isSorted();
    }

    private static OwnClock machine(int hoursAhead) {
        return new OwnClock(Clock.offset(Clock.systemUTC(), Duration.ofHours(hoursAhead)), System::nanoTime);
    }

    /** The first and the latest round of a process that keeps its tokens in memory. */
    private List<Long> roundsOf(OwnClock clock) throws Exception {
        try (ConsumerRoute reader = reader(new MemoryDeltaTokenRepository())) {
            ConsumerAccess.ownClock(reader.context(), clock);
            reader.start();
            for (int poll = 0; poll < 5; poll++) {
                poll(reader);
            }
            return List.of(round(reader.received().get(0)), reader.checkpoint().round());
        }
    }

    /** Reads a record, deletes it, and gives the key of the delete. */
    private String deletedAfterALoad(DeltaTokenRepository tokens) throws Exception {
        accounts.create(id, Map.of("name", "a"));
        try (ConsumerRoute reader = reader(tokens).start()) {
            poll(reader);
            accounts.delete(id);
            poll(reader);
            assertThat(reader.types()).containsExactly("upsert", "delete");
            return reader.keys().get(1);
        }
    }

    private static Processor into(Map<String, Long> sink) {
        return exchange -> {
            Map<String, Object> headers = exchange.getMessage().getHeaders();
            long round = (Long) headers.get(DataverseChangesConstants.ROUND);
            String record = (String) headers.get(DataverseChangesConstants.ID);
            switch ((String) headers.get(DataverseChangesConstants.CHANGE_TYPE)) {
                case "upsert" -> sink.put(record, round);
                case "delete" -> sink.computeIfPresent(record, (key, seen) -> seen <= round ? null : seen);
                case "resyncCompleted" -> sink.values().removeIf(seen -> seen < round);
                default -> {
                    // The begin of a reload.
                }
            }
        };
    }

    private static void poll(ConsumerRoute reader) throws Exception {
        ConsumerAccess.poll(reader.consumer());
    }

    private ConsumerRoute reader(DeltaTokenRepository tokens) {
        return ConsumerRoute.of(simulator, api)
                .with("idempotentRepository", tokens)
                .with("startScheduler", false);
    }

    private static long round(Received change) {
        return (Long) change.headers().get(DataverseChangesConstants.ROUND);
    }

    private void removeFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
