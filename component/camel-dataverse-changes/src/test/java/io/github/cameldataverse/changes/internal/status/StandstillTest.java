package io.github.cameldataverse.changes.internal.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.OnTokenExpired;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A reader that the service makes wait is well, unless nothing comes of it. */
class StandstillTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

    private final MovedClock clock = new MovedClock();
    private Standstill standstill = new Standstill(() -> Duration.ofMinutes(1), clock);

    @ParameterizedTest
    @CsvSource({"PT1S, PT15M", "PT1M, PT15M", "PT1M30S, PT15M", "PT2M, PT20M", "PT1H, PT10H"})
    @ProvesFault("P1")
    void itIsDownAfterAQuarterOfAnHourOrTenDelaysWhicheverIsLonger(Duration delay, Duration limit) {
        standstill = new Standstill(() -> delay, clock);
        standstill.waited();
        standstill.waited();
        clock.now = BEGIN.plus(limit).minusMillis(1);
        assertThat(seen().isHealthy()).isTrue();

        clock.now = BEGIN.plus(limit);

        assertThat(seen().isHealthy()).isFalse();
        assertThat(seen().word()).isEqualTo(Word.THROTTLED);
        assertThat(seen().until()).isEqualTo(throttled().until());
        assertThat(seen().httpStatus()).isEqualTo(429);
        assertThat(seen().sentence())
                .contains("since 2026-03-01T12:00:00Z")
                .contains("2 waits")
                .endsWith("wait");
    }

    @Test
    void oneLongWaitIsNoStandstill() {
        standstill.waited();
        clock.now = BEGIN.plus(Duration.ofHours(5));

        assertThat(seen().isHealthy()).isTrue();
    }

    @Test
    void anAcceptedExchangeOrAFinishedPageBeginsTheCountAnew() {
        standstill.waited();
        standstill.waited();
        clock.now = BEGIN.plus(Duration.ofHours(1));
        standstill.gotOn();
        assertThat(seen().isHealthy()).isTrue();

        clock.now = BEGIN.plus(Duration.ofHours(2));
        standstill.waited();
        assertThat(seen().isHealthy()).isTrue();
        standstill.waited();
        assertThat(seen().isHealthy()).isFalse();
    }

    @Test
    void whatIsNoWaitStaysAsItIs() {
        standstill.waited();
        standstill.waited();
        clock.now = BEGIN.plus(Duration.ofHours(1));

        assertThat(standstill.seen(ReaderStatus.UP)).isSameAs(ReaderStatus.UP);
        assertThat(standstill.seen(ReaderStatus.STARTING)).isSameAs(ReaderStatus.STARTING);
    }

    private ReaderStatus seen() {
        return standstill.seen(throttled());
    }

    private static ReaderStatus throttled() {
        return new Diagnosis(Duration.ofMinutes(1), OnTokenExpired.FAIL, "")
                .of(new ServiceFault.Throttled("wait", 429, BEGIN.plusSeconds(7)), BEGIN);
    }

    private static final class MovedClock extends Clock {

        private Instant now = BEGIN;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
