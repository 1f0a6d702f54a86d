package io.github.cameldataverse.changes.lab.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Random walks over everything that may happen around a reader, held to a model: nothing lost, duplicates within their
 * bound, no version falls, the token never goes back. A walk that fails is told by its seed and its fewest steps; run
 * it again with {@code -Dlab.seed}. Some dozens in every build, {@code -Dlab.walks=20000} when figures are wanted.
 */
class RandomWalkTest {

    private static final Logger LOG = LoggerFactory.getLogger(RandomWalkTest.class);
    private static final int WALKS = Integer.getInteger("lab.walks", 150);
    private static final long FIRST_SEED = Long.getLong("lab.seed", 1L);
    private static final int LENGTH = 30;
    private static final int KINDS_OF_STORES = 3;

    private static final DataverseSimulator SIMULATOR = DataverseSimulator.builder()
            .initially(Switch.TOMBSTONE_AFTER_RETURN, true)
            .build();
    private static final AtomicInteger STORES = new AtomicInteger();

    @TempDir
    Path directory;

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    @Test
    @ProvesFault({"C11", "D2", "D10", "P6", "P11", "P13", "P14", "R5", "X1"})
    void whateverHappensNothingIsLostAndLittleRepeats() throws Exception {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + WALKS; seed++) {
            List<ModelStep> steps = ModelStep.walk(seed, LENGTH);
            Optional<Throwable> failure = failure(seed, steps);
            if (failure.isPresent()) {
                List<ModelStep> fewest = fewest(seed, steps);
                throw new AssertionError(
                        "seed " + seed + " fails with " + fewest,
                        failure(seed, fewest).orElse(failure.get()));
            }
        }
        LOG.warn(
                "{} walks of {} steps from seed {}: nothing lost, duplicates within their bound",
                WALKS,
                LENGTH,
                FIRST_SEED);
    }

    private Optional<Throwable> failure(long seed, List<ModelStep> steps) throws Exception {
        DeltaTokenRepository store = store(seed);
        try (ModelState world = new ModelState(SIMULATOR, store, api(seed))) {
            for (ModelStep step : steps) {
                world.take(step);
            }
            world.settle();
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(e);
        } finally {
            store.stop();
        }
    }

    /** Leaves out one step after the other, as long as the walk still fails. */
    private List<ModelStep> fewest(long seed, List<ModelStep> steps) throws Exception {
        List<ModelStep> fewest = new ArrayList<>(steps);
        for (int i = steps.size() - 1; i >= 0; i--) {
            List<ModelStep> fewer = new ArrayList<>(fewest);
            fewer.remove(i);
            if (failure(seed, fewer).isPresent()) {
                fewest = fewer;
            }
        }
        return fewest;
    }

    /** Each kind of store meets each API. */
    private static String api(long seed) {
        return seed / KINDS_OF_STORES % 2 == 0 ? "webApi" : "organizationService";
    }

    private DeltaTokenRepository store(long seed) {
        int number = STORES.incrementAndGet();
        return switch ((int) (seed % KINDS_OF_STORES)) {
            case 0 -> new MemoryDeltaTokenRepository();
            case 1 -> new FileDeltaTokenRepository(directory.resolve("tokens" + number));
            default -> new JdbcDeltaTokenRepository(database(number));
        };
    }

    private static JdbcDataSource database(int number) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:walk" + number + ";DB_CLOSE_DELAY=-1");
        return database;
    }

    @Test
    void theSameSeedMakesTheSameWalk() {
        assertThat(ModelStep.walk(5, LENGTH))
                .isEqualTo(ModelStep.walk(5, LENGTH))
                .isNotEqualTo(ModelStep.walk(6, LENGTH));
    }
}
