package io.github.cameldataverse.changes.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.SimulatedTime;
import io.github.cameldataverse.changes.internal.http.clock.OwnClock;
import io.github.cameldataverse.changes.internal.http.clock.ServiceClock;
import io.github.cameldataverse.changes.testkit.SimulatorClock;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RoundNumbersTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final long MILLIS = NOW.toEpochMilli();

    private final SimulatorClock clock = new SimulatorClock();
    private final RoundNumbers numbers = numbers(SimulatedTime.of(clock));

    RoundNumbersTest() {
        clock.freeze(NOW);
    }

    @Test
    void aFirstRoundHasTheMillisecondsOfTheClock() {
        assertThat(numbers.first(0)).isEqualTo(MILLIS);
    }

    @Test
    void aFirstRoundIsBeyondEveryOtherThatIsKnown() {
        assertThat(numbers.first(MILLIS + 10)).isEqualTo(MILLIS + 11);
    }

    /** As with a machine that has no clock at all. */
    @Test
    void noNumberIsZero() {
        clock.freeze(Instant.EPOCH);

        assertThat(numbers.first(0)).isEqualTo(1);
    }

    /** At the shortest delay that makes sense. A day of it is more rounds than the day has seconds. */
    @Test
    void afterADayOfRoundsTenTimesASecondALossIsBeyondAllOfThem() {
        Checkpoint at = Checkpoint.first(Phase.INITIAL, numbers.first(0), NOW, "");
        for (int round = 0; round < 864_000; round++) {
            clock.advance(Duration.ofMillis(100));
            at = numbers.paced(at.nextRound("delta", clock.instant()));
        }

        assertThat(at.round()).isEqualTo(MILLIS + 864_000);
        assertThat(numbers.first(0)).isGreaterThan(at.round());
    }

    @Test
    void roundsThatTakeNoTimeDoNotGainOnTheClock() {
        RoundNumbers here = numbers(OwnClock.ofThisMachine());
        Checkpoint at = Checkpoint.first(Phase.INITIAL, here.first(0), Instant.now(), "");
        for (int round = 0; round < 300; round++) {
            at = here.paced(at.nextRound("delta", Instant.now()));
        }

        assertThat(at.round()).isLessThanOrEqualTo(here.first(0));
    }

    @Test
    void storedSubscriptionsGoOnCounting() {
        Checkpoint old = new Checkpoint(9, 7, Phase.DELTA, "delta", null, 0, 0, NOW, "");

        assertThat(numbers.paced(old.nextRound("delta-2", NOW)).round()).isEqualTo(8);
        assertThat(numbers.first(0)).isGreaterThan(8);
    }

    private static RoundNumbers numbers(OwnClock own) {
        return new RoundNumbers(new ServiceClock("https://contoso.example", own));
    }
}
