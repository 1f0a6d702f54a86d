package io.github.cameldataverse.changes.internal.http.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.ReaderLog;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnClockTest {

    private final TestMachine machine = new TestMachine();
    private final OwnClock clock = machine.clock();

    @Test
    void timePasses() {
        machine.passes(Duration.ofHours(3));

        assertThat(clock.instant()).isEqualTo(TestMachine.START.plus(Duration.ofHours(3)));
    }

    @Test
    void smallStepsAreFollowedHoweverManyTheyAre() {
        for (int step = 0; step < 100; step++) {
            machine.passes(Duration.ofHours(1));
            machine.isSet(Duration.ofMinutes(5));
            assertThat(clock.instant()).isEqualTo(machine.shows());
        }
        assertThat(clock.jumps()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"301, forward, PT5M1S", "-301, back, PT5M1S", "777600, forward, PT216H"})
    @ProvesFault("T1")
    void aJumpIsToldOnceAndNotFollowed(int seconds, String where, String width) {
        machine.passes(Duration.ofMinutes(1));
        machine.isSet(Duration.ofSeconds(seconds));
        try (CapturedLog log = new CapturedLog(ReaderLog.NAME)) {
            assertThat(clock.instant()).isEqualTo(TestMachine.START.plusSeconds(60));
            machine.passes(Duration.ofMinutes(1));
            assertThat(clock.instant()).isEqualTo(TestMachine.START.plusSeconds(120));

            assertThat(clock.jumps()).isEqualTo(1);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "WARN " + ReaderLog.NAME + ": The clock of this machine was set " + where + " by " + width);
        }
    }

    @Test
    void smallStepsAreFollowedBehindAJumpToo() {
        machine.isSet(Duration.ofDays(9));
        clock.instant();
        machine.isSet(Duration.ofSeconds(7));

        assertThat(clock.instant()).isEqualTo(TestMachine.START.plusSeconds(7));
    }
}
