package io.github.cameldataverse.changes.testkit.webapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.testkit.faults.ServiceUnavailable;
import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** By which clock responses are dated. */
class DateHeaderTest extends SimulatorTest {
    private static final String ROWS = "accounts?$select=name";

    @BeforeEach
    void holdTheClock() {
        SIMULATOR.clock().freeze(Instant.parse("2026-03-01T12:00:07.9Z"));
    }

    @Test
    void everyResponseHasTheTimeOfTheOrganization() {
        assertThat(client().get(ROWS).header("Date")).isEqualTo("Sun, 01 Mar 2026 12:00:07 GMT");
        SIMULATOR.clock().advance(Duration.ofDays(8));
        assertThat(client().get(ROWS).header("Date")).isEqualTo("Mon, 09 Mar 2026 12:00:07 GMT");
        SIMULATOR.faults().next(new ServiceUnavailable(503));
        assertThat(client().get(ROWS).header("Date")).isEqualTo("Mon, 09 Mar 2026 12:00:07 GMT");
    }

    @Test
    void aFaultMayDateItsResponseOtherwise() {
        SIMULATOR.faults().next((request, proper) -> proper.get().header("Date", "Sat, 01 Jan 2000 00:00:00 GMT"));
        assertThat(client().get(ROWS).header("Date")).isEqualTo("Sat, 01 Jan 2000 00:00:00 GMT");
        assertThat(client().get(ROWS).header("Date")).isEqualTo("Sun, 01 Mar 2026 12:00:07 GMT");
    }

    @Test
    void aServiceMaySayNothingOfTheTime() {
        SIMULATOR.switches().dateHeader(false);
        assertThat(client().get(ROWS).header("Date")).isEmpty();
    }
}
