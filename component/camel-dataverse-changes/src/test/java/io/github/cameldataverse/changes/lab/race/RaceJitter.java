package io.github.cameldataverse.changes.lab.race;

import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets a thread of a race fall behind now and then, as a busy machine does: without it the readers go in step, and the
 * moments that a race is about hardly ever come. Safe for use by several threads.
 */
final class RaceJitter {

    private static final int ONE_IN = 4;
    private static final int ONE_IN_LONG = 16;
    private static final int MICROSECONDS = 4_000;
    private static final int MICROSECONDS_LONG = 40_000;

    private final Random random;

    RaceJitter(long seed) {
        random = new Random(seed);
    }

    void pause() {
        if (random.nextInt(ONE_IN) == 0) {
            int longest = random.nextInt(ONE_IN_LONG) == 0 ? MICROSECONDS_LONG : MICROSECONDS;
            LockSupport.parkNanos(1_000L * random.nextInt(longest));
        }
    }

    boolean strikes(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }
}
