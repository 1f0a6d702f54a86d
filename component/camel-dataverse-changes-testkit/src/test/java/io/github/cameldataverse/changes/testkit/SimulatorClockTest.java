package io.github.cameldataverse.changes.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class SimulatorClockTest {
    private Instant real = Instant.parse("2026-01-01T00:00:00Z");
    private final SimulatorClock clock = new SimulatorClock(() -> real);

    @Test
    void itRunsWithTheRealTimeMovedByAsMuchAsWanted() {
        clock.advance(Duration.ofDays(2));
        real = real.plusSeconds(5);
        assertThat(clock.instant()).isEqualTo("2026-01-03T00:00:05Z");
        clock.set(Instant.parse("2030-06-01T00:00:00Z"));
        real = real.plusSeconds(5);
        assertThat(clock.instant()).isEqualTo("2030-06-01T00:00:05Z");
        clock.reset();
        assertThat(clock.instant()).isEqualTo(real);
    }

    @Test
    void itStandsStillWhileFrozenAndRunsOnFromThere() {
        clock.freeze(Instant.parse("2017-08-22T08:10:44Z"));
        real = real.plusSeconds(5);
        clock.advance(Duration.ofSeconds(1));
        assertThat(clock.instant()).isEqualTo("2017-08-22T08:10:45Z");
        clock.run();
        real = real.plusSeconds(5);
        assertThat(clock.instant()).isEqualTo("2017-08-22T08:10:50Z");
    }

    @Test
    void anotherZoneShowsTheSameMoments() {
        clock.advance(Duration.ofDays(1));
        assertThat(clock.withZone(ZoneId.of("Europe/Vienna")).instant()).isEqualTo(clock.instant());
        assertThat(clock.getZone().getId()).isEqualTo("Z");
    }
}
