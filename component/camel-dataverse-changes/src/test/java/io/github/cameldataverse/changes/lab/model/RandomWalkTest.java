package io.github.cameldataverse.changes.lab.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ProvesFault;
import java.nio.file.Path;
import java.util.List;
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
 * {@code -Dlab.wrong=100} goes on behind that many walks that fail, to count them; {@code -Dlab.threads} is how many go at a
 * time, as many as there are processors unless it is told.
 */
class RandomWalkTest {

    private static final Logger LOG = LoggerFactory.getLogger(RandomWalkTest.class);
    private static final int WALKS = Integer.getInteger("lab.walks", 150);
    private static final long FIRST_SEED = Long.getLong("lab.seed", 1L);
    private static final int MOST_WRONG = Integer.getInteger("lab.wrong", 0);
    private static final int LENGTH = 30;
    private static final int THREADS =
            Integer.getInteger("lab.threads", Runtime.getRuntime().availableProcessors());

    private static final CapturedLog QUIET = CapturedLog.ofNothing(ConsumerAccess.LOGGER);

    @TempDir
    Path directory;

    @AfterAll
    static void stop() {
        QUIET.close();
    }

    @Test
    @ProvesFault({"C11", "D2", "D10", "P6", "P11", "P13", "P14", "R5", "X1"})
    void whateverHappensNothingIsLostAndLittleRepeats() throws Exception {
        List<String> wrong = new Walks(FIRST_SEED, WALKS, LENGTH, MOST_WRONG, directory).walk(THREADS);
        LOG.warn("{} walks of {} steps from seed {}: {} wrong", WALKS, LENGTH, FIRST_SEED, wrong.size());
        assertThat(wrong).isEmpty();
    }

    @Test
    void theSameSeedMakesTheSameWalk() {
        assertThat(ModelStep.walk(5, LENGTH))
                .isEqualTo(ModelStep.walk(5, LENGTH))
                .isNotEqualTo(ModelStep.walk(6, LENGTH));
    }
}
