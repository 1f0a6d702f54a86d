package io.github.cameldataverse.changes.issues;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.FullLoadGuard;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A reload that brings nothing, or much less than is known, deleted everything at the sinks: that is how it looks too when an
 * application lost its privileges. It waits for an operator now.
 */
@OverBothApis
class EmptiedReloadTest {

    private static final ChangeTrackingApi API = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final MemoryDeltaTokenRepository memory = new MemoryDeltaTokenRepository();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @ProvesFault("P5")
    void aReloadThatBringsNoRowNeitherDeletesNorEndsBeforeAnOperatorAllowsIt(boolean knownIds) throws Exception {
        try (PagedAccounts served = new PagedAccounts(API);
                ConsumerRoute reader = served.reader().with("knownIds", knownIds)) {
            reader.start();
            await().until(() -> served.timesAskedForADelta() > 0);
            served.showNothing();
            resync(reader);
            reader.awaitFault("brought no row", "operation allowDeletes");
            reader.awaitFault("CamelDataverseChangesRound=" + round(reader));
            long asked = served.timesAsked(1);
            await().until(() -> served.timesAsked(1) >= asked + 2);
            assertThatThrownBy(() -> allow(reader, round(reader) + 1)).hasStackTraceContaining("Nothing was allowed");
            assertThatThrownBy(() -> allow(reader, null)).hasStackTraceContaining("names it");
            assertThat(reader.types()).doesNotContain("delete", "resyncCompleted");
        }
    }

    enum Store {
        MEMORY,
        FILE,
        KEY_SET
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault("P5")
    void whatAnOperatorAllowsGoesOnAndTheNextReloadAsksAgain(Store store) throws Exception {
        try (ConsumerRoute reader = reader(tokens(store)).without("knownIds")) {
            List<String> ids = accountsIn(accounts, 2);
            reader.start();
            await().until(() ->
                    reader.received().size() == 2 && reader.checkpoint().roundLink() != null);
            ids.forEach(accounts::delete);
            await().until(() -> reader.received().size() == 4);
            for (int reload = 1; reload <= 2; reload++) {
                int expected = reload;
                resync(reader);
                reader.awaitFault("brought no row");
                reader.awaitFault("Round=" + round(reader));
                assertThat(count(reader, "resyncCompleted")).isEqualTo(expected - 1);
                allow(reader, round(reader));
                await().until(() -> count(reader, "resyncCompleted") == expected && reader.word() == Word.UP);
            }
        }
    }

    private IdempotentRepository tokens(Store store) {
        return switch (store) {
            case MEMORY -> memory;
            case FILE -> new FileDeltaTokenRepository(directory);
            case KEY_SET -> MemoryIdempotentRepository.memoryIdempotentRepository(10_000);
        };
    }

    @Test
    @ProvesFault("P5")
    void whatAnOperatorAllowsOutlivesTheReader() throws Exception {
        List<String> ids = loaded(4);
        gone(ids.subList(0, 4));
        try (ConsumerRoute reader =
                reader(new FileDeltaTokenRepository(directory)).start()) {
            reader.awaitFault("4 known records");
            reader.consumer().suspend();
            allow(reader, round(reader));
        }
        try (ConsumerRoute reader =
                reader(new FileDeltaTokenRepository(directory)).start()) {
            await().until(() -> reader.types().contains("resyncCompleted"));
            assertThat(count(reader, "delete")).isEqualTo(4);
        }
    }

    /** More than a hundred, and more than a fifth. */
    @ParameterizedTest
    @CsvSource({
        "505, 101, true", // 101 of 505 are a fifth
        "504, 101, false",
        "110, 100, true",
        "110, 101, false"
    })
    @ProvesFault("P5")
    void moreThanAHundredDeletesAndMoreThanAFifthOfTheKnownIdsWaitForAnOperator(int known, int missing, boolean goesOn)
            throws Exception {
        List<String> ids = loaded(known);
        gone(ids.subList(0, missing));
        try (ConsumerRoute reader =
                reader(new FileDeltaTokenRepository(directory)).start()) {
            if (!goesOn) {
                reader.awaitFault(
                        "brought " + (known - missing) + " rows, and 101 of " + known
                                + " known records would be deleted",
                        "a fifth");
                assertThat(reader.types()).doesNotContain("delete", "resyncCompleted");
                allow(reader, round(reader));
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> reader.types().contains("resyncCompleted"));
            assertThat(count(reader, "delete")).isEqualTo(missing);
        }
    }

    @Test
    @ProvesFault("P5")
    void aGuardOfTheUserThatAllowsEverythingDoesNotWidenTheLimit() throws Exception {
        List<String> ids = loaded(6);
        gone(ids.subList(0, 3));
        FullLoadGuard everything = load -> Optional.empty();
        try (ConsumerRoute reader = reader(new FileDeltaTokenRepository(directory))
                .with("fullLoadGuard", everything)
                .with("maxDerivedDeletes", 2)
                .start()) {
            reader.awaitFault("3 of 6 known records", "maxDerivedDeletes=2");
        }
        FullLoadGuard nothing = load -> Optional.of("not today");
        try (ConsumerRoute reader = reader(new FileDeltaTokenRepository(directory))
                .with("fullLoadGuard", nothing)
                .with("maxDerivedDeletes", 3)
                .start()) {
            reader.awaitFault("3 of 6 known records", "not today");
        }
        try (ConsumerRoute reader = reader(new FileDeltaTokenRepository(directory))
                .with("maxDerivedDeletes", 3)
                .start()) {
            await().until(() -> reader.types().contains("resyncCompleted"));
            assertThat(count(reader, "delete")).isEqualTo(3);
        }
    }

    @Test
    void aLoadThatIsBegunAnewAsksAgainUnderItsOwnNumber() throws Exception {
        List<String> ids = loaded(4);
        gone(ids);
        long allowed;
        try (ConsumerRoute reader =
                reader(new FileDeltaTokenRepository(directory)).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            reader.consumer().suspend();
            allowed = round(reader);
            allow(reader, allowed);
            resync(reader);
        }
        try (ConsumerRoute reader =
                reader(new FileDeltaTokenRepository(directory)).start()) {
            String before = "Round=" + allowed;
            await().untilAsserted(() -> assertThat(reader.message())
                    .startsWith("FAULTED")
                    .contains("brought no row")
                    .doesNotContain(before));
            assertThat(reader.types()).doesNotContain("delete", "resyncCompleted");
        }
    }

    @Test
    void aNegativeLimitIsRefusedWithASentence() {
        try (ConsumerRoute reader = reader(memory).with("maxDerivedDeletes", -1)) {
            assertThatThrownBy(reader::start).hasStackTraceContaining("maxDerivedDeletes must be a number of records");
        }
    }

    private ConsumerRoute reader(IdempotentRepository tokens) {
        return ConsumerRoute.of(simulator, API)
                .with("idempotentRepository", tokens)
                .with("knownIds", true)
                .with("onTokenExpired", "resync");
    }

    private List<String> loaded(int count) throws Exception {
        List<String> ids = accountsIn(accounts, count);
        try (ConsumerRoute reader =
                reader(new FileDeltaTokenRepository(directory)).start()) {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> reader.received().size() == count
                            && reader.checkpoint() != null
                            && reader.checkpoint().roundLink() != null);
        }
        return ids;
    }

    /** Deleted while the token expires, so that no tombstone tells. */
    private void gone(List<String> ids) {
        List.copyOf(ids).forEach(accounts::delete);
        simulator.clock().advance(Duration.ofDays(8));
    }

    private static void resync(ConsumerRoute reader) {
        reader.context().createProducerTemplate().requestBody(reader.uri() + "&operation=resync", (Object) null);
    }

    private static void allow(ConsumerRoute reader, Long round) {
        reader.context()
                .createProducerTemplate()
                .requestBodyAndHeader(
                        reader.uri() + "&operation=allowDeletes", null, DataverseChangesConstants.ROUND, round);
    }

    private static long round(ConsumerRoute reader) {
        return reader.checkpoint().round();
    }

    private static long count(ConsumerRoute reader, String type) {
        return reader.types().stream().filter(type::equals).count();
    }
}
