package io.github.cameldataverse.changes.lab.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.lab.crash.CrashScenario.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Readers in processes of their own die at the points of their walk, while the table is written to. What is in the
 * sink in the end is what is in the table; at most one change repeats per death, and none where tokens and effects are in one
 * transaction, though the route redelivers and answers to commits are lost there. A build dies at a quarter of the strides,
 * {@code -Dlab.coarseness=1} (as {@code .ci/full/run} has it) at all of them.
 *
 * <p>For figures: {@code -Dlab.stride=1} dies at every point of the walks, {@code -Dlab.kills=1600} at so many moments that are
 * taken at random, of which some come too late and do not count. {@code -Dlab.kinds=TRANSACTION_ON_H2,TRANSACTION_ON_POSTGRES}
 * takes these alone. A run that ended early goes on with {@code -Dlab.offset} at the last point and {@code -Dlab.seed} at the
 * last moment that it told.
 */
class CrashLabTest {

    private static final Logger LOG = LoggerFactory.getLogger(CrashLabTest.class);
    private static final int COARSENESS = Integer.getInteger("lab.coarseness", 4);
    /** Between two points of a walk; 0 for what the kind of walk has by itself. */
    private static final int STRIDE = Integer.getInteger("lab.stride", 0);

    private static final int OFFSET = Integer.getInteger("lab.offset", 1);
    private static final int MOMENTS = Integer.getInteger("lab.kills", 20);
    private static final int TWICE = Math.max(8, MOMENTS / 20);
    private static final long FIRST_SEED = Long.getLong("lab.seed", 42L);
    /** A walk is short where the reader finds nothing to do between two writes, so one that ends early is not the end. */
    private static final int ENDS = 2;

    private static final int TOLD_EVERY = 50;
    private static final List<Kind> KINDS = Stream.of(Kind.values())
            .filter(kind -> List.of(System.getProperty("lab.kinds", kind.name()).split(","))
                    .contains(kind.name()))
            .toList();
    private static final int LONGEST_PAUSE = 400;
    private static final int PAGE = 5;

    @TempDir
    static Path parent;

    private final Map<String, Integer> points = new TreeMap<>();
    private static final Figures FIGURES = new Figures();

    private static ExternalServices neighbours;
    private int folders;

    @BeforeAll
    static void open() throws Exception {
        neighbours = new ExternalServices(Files.createDirectory(parent.resolve("image")));
    }

    @AfterAll
    static void close() throws Exception {
        neighbours.close();
        LOG.warn("Readers died, 0 changes lost: {}", FIGURES);
    }

    @AfterEach
    void report() {
        LOG.warn("Points of death: {}", points);
    }

    @ParameterizedTest
    @CsvSource({
        "FILE_TO_FILE, 11",
        "JMS_TO_FILE, 23",
        "SQL_TO_JDBC, 17",
        "FILE_TO_MEMORY, 29",
        "RESYNC_TO_FILE, 19",
        "RESYNC_TO_JDBC, 29",
        "SOAP_TO_FILE, 17",
        "SOAP_RESYNC_TO_JDBC, 37",
        "BATCHES_TO_FILE, 23",
        "RESYNC_IN_BATCHES_TO_JDBC, 47",
        "TRANSACTION_ON_H2, 41",
        "TRANSACTION_ON_POSTGRES, 61"
    })
    @ProvesFault({"C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10"})
    void aReaderThatDiesAtAnyPointOfItsWalkLosesNothing(Kind kind, int stride) throws Exception {
        assumeThat(KINDS).contains(kind);
        int nth = OFFSET;
        for (int ends = 0; ends < ENDS; nth += STRIDE > 0 ? STRIDE : stride * COARSENESS) {
            ends = dies(kind, nth) ? 0 : ends + 1;
        }
        LOG.warn("{}: no walk comes to point {}", kind, nth);
        assertThat(points.keySet()).as("kinds of points").hasSizeGreaterThan(COARSENESS > 1 || STRIDE > 0 ? 1 : 5);
    }

    @Test
    @ProvesFault("C11")
    void aReaderThatDiesWhileItRecoversLosesNothing() throws Exception {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + TWICE; seed++) {
            Random random = new Random(seed);
            CrashScenario scenario = new CrashScenario(kind(random), neighbours, folder(), seed);
            int first = 1 + random.nextInt(150);
            int second = 1 + random.nextInt(100);
            String points = scenario.dieAt(first) + ", then " + scenario.dieAt(second);
            recovered(scenario, first + ", then " + second + " of walk " + seed + ": " + points);
        }
    }

    @Test
    @ProvesFault("C13")
    void aReaderThatIsKilledAtAnyMomentLosesNothing() throws Exception {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + MOMENTS; seed++) {
            Random random = new Random(seed);
            CrashScenario scenario = new CrashScenario(kind(random), neighbours, folder(), seed);
            int pause = random.nextInt(LONGEST_PAUSE);
            scenario.killAfter(pause);
            recovered(scenario, "after " + pause + " ms of walk " + seed);
        }
    }

    /** The token decides who may go on, and not the time that has passed. */
    @Test
    @ProvesFault({"X2", "T4"})
    void aReaderThatSleptWhileAnotherTookOverMovesNothingBack() throws Exception {
        for (String point : List.of("after the effect", "before token.delivered")) {
            CrashScenario scenario = new CrashScenario(Kind.SQL_TO_JDBC, neighbours, folder(), 3);
            CrashReaderProcess sleeper = scenario.sleepAt(point);
            int repeated = scenario.recover();
            assertThat(repeated).isLessThanOrEqualTo(PAGE);
            sleeper.wake();
            assertThat(sleeper.end()).isEmpty();
            assertThat(scenario.check()).as("repeated since it woke up").isEqualTo(repeated);
        }
    }

    private static Kind kind(Random random) {
        return KINDS.get(random.nextInt(KINDS.size()));
    }

    private boolean dies(Kind kind, int nth) throws Exception {
        CrashScenario scenario = new CrashScenario(kind, neighbours, folder(), 7);
        String point = scenario.dieAt(nth);
        points.merge(point, 1, Integer::sum);
        recovered(scenario, kind + " " + nth + " " + point);
        return !point.isEmpty();
    }

    private void recovered(CrashScenario scenario, String what) throws Exception {
        int repeated;
        try {
            repeated = scenario.recover();
        } catch (Exception | AssertionError e) {
            throw new AssertionError("died at " + what + "; then: " + scenario.effects(), e);
        }
        assertThat(repeated).as("%s, then %s", what, scenario.effects()).isLessThanOrEqualTo(scenario.repeatsAllowed());
        FIGURES.add(scenario.kind(), scenario.kills(), repeated);
        if (FIGURES.walks() % TOLD_EVERY == 0) {
            LOG.warn("Behind {}: {}", what, FIGURES);
        }
    }

    private Path folder() throws Exception {
        return Files.createDirectory(parent.resolve("run" + System.identityHashCode(this) + "-" + ++folders));
    }

    /** How many readers died inside their walks, and what was repeated, by the kind of walk. */
    private static final class Figures {

        /** @param most in one walk, which may die twice */
        private record Sum(int deaths, int repeated, int most) {

            private Sum with(int newDeaths, int newRepeated) {
                return new Sum(deaths + newDeaths, repeated + newRepeated, Math.max(most, newRepeated));
            }

            @Override
            public String toString() {
                return deaths + " died, " + repeated + " repeated, at most " + most + " in a walk";
            }
        }

        private final Map<Kind, Sum> sums = new EnumMap<>(Kind.class);
        private int walks;

        /** A walk has come to its end behind so many deaths. */
        void add(Kind kind, int deaths, int repeated) {
            walks++;
            sums.put(kind, sums.getOrDefault(kind, new Sum(0, 0, 0)).with(deaths, repeated));
        }

        int walks() {
            return walks;
        }

        @Override
        public String toString() {
            return sums.values().stream().mapToInt(Sum::deaths).sum() + " in " + walks + " walks: " + sums;
        }
    }
}
