package io.github.cameldataverse.changes.lab.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Random walks over everything that may happen around a reader, held to a model: what the source has is what a guarded sink
 * has in the end, duplicates are within their bound, no version falls, the token never goes back. A walk that fails is told by its
 * seed and its fewest steps; run it again with {@code -Dlab.seed}. Some dozens in every build, {@code -Dlab.walks=20000} when
 * figures are wanted: a run that ends early goes on with {@code -Dlab.seed} at the last number it told.
 * {@code -Dlab.wrong=100} goes on behind that many walks that fail, to count them.
 */
class RandomWalkTest {

    private static final Logger LOG = LoggerFactory.getLogger(RandomWalkTest.class);
    private static final int WALKS = Integer.getInteger("lab.walks", 150);
    private static final long FIRST_SEED = Long.getLong("lab.seed", 1L);
    private static final int MOST_WRONG = Integer.getInteger("lab.wrong", 0);
    private static final int LENGTH = 30;
    private static final int TOLD_EVERY = 500;

    private static final CapturedLog QUIET = CapturedLog.ofNothing(ConsumerAccess.LOGGER);
    private static final DataverseSimulator SIMULATOR = DataverseSimulator.start();

    @TempDir
    Path directory;

    @AfterAll
    static void stop() {
        QUIET.close();
        SIMULATOR.close();
    }

    @Test
    @ProvesFault({"C11", "D2", "D10", "P6", "P11", "P13", "P14", "R5", "X1"})
    void whateverHappensNothingIsLostAndLittleRepeats() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + WALKS; seed++) {
            List<ModelStep> steps = ModelStep.walk(seed, LENGTH);
            Optional<Throwable> failure = failure(seed, steps);
            if (failure.isPresent()) {
                wrong.add(told(seed, steps, failure.get()));
                assertThat(wrong).hasSizeLessThanOrEqualTo(MOST_WRONG);
            }
            if ((seed - FIRST_SEED + 1) % TOLD_EVERY == 0) {
                LOG.warn("Walked to the end up to seed {}, {} wrong", seed, wrong.size());
            }
        }
        LOG.warn("{} walks of {} steps from seed {}: {} wrong", WALKS, LENGTH, FIRST_SEED, wrong.size());
        assertThat(wrong).isEmpty();
    }

    private String told(long seed, List<ModelStep> steps, Throwable failure) throws Exception {
        List<ModelStep> fewest = fewest(seed, steps);
        Throwable of = failure(seed, fewest).orElse(failure);
        String told = "seed " + seed + ", " + ModelWorld.of(seed) + ", fails with " + fewest + ": " + of;
        LOG.warn("{}", told, of);
        return told;
    }

    private Optional<Throwable> failure(long seed, List<ModelStep> steps) throws Exception {
        ModelWorld world = ModelWorld.of(seed);
        try (ModelStore store = new ModelStore(world.store(), directory);
                ModelState state = new ModelState(SIMULATOR, world, store)) {
            for (ModelStep step : steps) {
                state.take(step);
            }
            state.settle();
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(e);
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

    @Test
    void theSameSeedMakesTheSameWalk() {
        assertThat(ModelStep.walk(5, LENGTH))
                .isEqualTo(ModelStep.walk(5, LENGTH))
                .isNotEqualTo(ModelStep.walk(6, LENGTH));
    }
}
