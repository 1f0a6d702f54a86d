package io.github.cameldataverse.changes.lab.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two readers of one subscription race with a writer over updates, deletes of many and restores: behind every quiet phase a
 * guarded sink is the source, and with transactions every effect is there once. A few seconds per store in every build.
 *
 * <p>{@code -Dlab.race.seconds=600} for figures, one seed after the other from {@code -Dlab.seed} on, so that a run that ended
 * early goes on where it was; {@code -Dlab.race.stores=H2,POSTGRES} for some stores only; {@code -Dlab.race.readers=1};
 * {@code -Dlab.race.processes=true} for readers in processes of their own, which are killed where others are stopped. What
 * happened in a phase that ended wrong stands in target/race.
 */
class RaceLab {

    private static final Logger LOG = LoggerFactory.getLogger(RaceLab.class);
    private static final long FIRST_SEED = Long.getLong("lab.seed", 1L);
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("lab.race.seconds", 3));
    private static final String STORES = System.getProperty("lab.race.stores", "MEMORY,FILE,H2,POSTGRES");
    private static final int READERS = Integer.getInteger("lab.race.readers", 2);
    private static final Race.Readers WHERE = Boolean.getBoolean("lab.race.processes")
            ? Race.Readers.IN_PROCESSES_OF_THEIR_OWN
            : Race.Readers.IN_THIS_PROCESS;
    /** A process takes its time to start. */
    private static final int PHASES = WHERE == Race.Readers.IN_THIS_PROCESS ? 4 : 20;

    private static final CapturedLog QUIET = CapturedLog.ofNothing(ConsumerAccess.LOGGER);
    private static final DataverseSimulator SIMULATOR = DataverseSimulator.start();

    private final List<String> wrong = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterAll
    static void stop() {
        QUIET.close();
        SIMULATOR.close();
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault({"P13", "X1", "X5"})
    void behindEveryQuietPhaseTheSinkIsTheSource(RaceStore.Kind kind) throws Exception {
        assumeThat(STORES).contains(kind.name());
        long end = System.nanoTime() + TIME.toNanos();
        int phases = 0;
        long seed = FIRST_SEED;
        try (RaceStore store = new RaceStore(kind, directory)) {
            do {
                phases += race(seed++, store);
            } while (System.nanoTime() < end);
        }
        LOG.warn(
                "{}: {} readers {}, seeds {} to {}, {} quiet phases, {} wrong",
                kind,
                READERS,
                WHERE,
                FIRST_SEED,
                seed - 1,
                phases,
                wrong.size());
        assertThat(wrong).isEmpty();
    }

    /** The number of its phases, of which the last one may be wrong. */
    private int race(long seed, RaceStore store) throws Exception {
        try (Race race = new Race(seed, READERS, WHERE, SIMULATOR, store)) {
            for (int phase = 1; phase <= PHASES; phase++) {
                List<String> differences = behindAPhase(race);
                if (!differences.isEmpty()) {
                    wrong.add("seed " + seed + ", phase " + phase + ": " + differences);
                    LOG.warn("Wrong: {}; {}", wrong.get(wrong.size() - 1), written(race.trace(), seed));
                    return phase;
                }
            }
        }
        return PHASES;
    }

    private static List<String> behindAPhase(Race race) throws Exception {
        try {
            race.phase();
            return race.wrong();
        } catch (ConditionTimeoutException e) {
            return List.of("no quiet comes: " + e.getMessage());
        }
    }

    private static Path written(List<String> trace, long seed) throws Exception {
        Path file = Path.of("target", "race", "seed" + seed + "-" + System.nanoTime() + ".txt");
        Files.createDirectories(file.getParent());
        return Files.write(file, trace).toAbsolutePath();
    }
}
