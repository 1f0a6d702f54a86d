package io.github.cameldataverse.changes.internal.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InflightExchangeTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final InflightExchange inflight = new InflightExchange(nanos::get, Duration.ofMinutes(30));

    @Test
    void withoutAnExchangeThereIsNoAge() {
        assertThat(inflight.age()).isEmpty();
        inflight.begins("the change 1@2");
        inflight.ends();
        pass(Duration.ofHours(9));

        assertThat(inflight.age()).isEmpty();
        assertThat(inflight.overdue(NOW)).isEmpty();
    }

    @Test
    void aSlowSinkIsHealthyUpToTheLimitAndNotBeyondIt() {
        inflight.begins("the change 1@2");
        pass(Duration.ofMinutes(30));
        assertThat(inflight.age()).contains(Duration.ofMinutes(30));
        assertThat(inflight.overdue(NOW)).isEmpty();

        pass(Duration.ofMinutes(11));
        ReaderStatus overdue = inflight.overdue(NOW).orElseThrow();
        assertThat(overdue.word()).isEqualTo(Word.INFLIGHT);
        assertThat(overdue.isHealthy()).isFalse();
        assertThat(overdue.since()).isEqualTo(NOW.minus(Duration.ofMinutes(41)));
        assertThat(overdue.sentence())
                .contains("the change 1@2 for 41m0s, which is longer than 30m0s (maxInflightTime)", "not cancelled");
    }

    @Test
    void theNextExchangeBeginsAnew() {
        inflight.begins("the change 1@2");
        pass(Duration.ofHours(1));
        inflight.ends();
        inflight.begins("the change 3@4");
        pass(Duration.ofSeconds(5));

        assertThat(inflight.age()).contains(Duration.ofSeconds(5));
        assertThat(inflight.overdue(NOW)).isEmpty();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
