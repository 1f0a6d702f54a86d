package io.github.cameldataverse.changes.internal.http.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdaptiveConcurrencyTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);

    private final AdaptiveConcurrency pace = new AdaptiveConcurrency(20);

    @Test
    void aRefusalAllowsNothingUntilItsEndAndOneThen() {
        pace.refused(NOW, LATER);

        assertThat(pace.allows(NOW)).isZero();
        assertThat(pace.allows(LATER.minusMillis(1))).isZero();
        assertThat(pace.allows(LATER)).isEqualTo(1);
    }

    @Test
    void requestsRefusedInTheSameMomentCountAsOneRefusal() {
        for (int request = 0; request < 20; request++) {
            pace.refused(NOW, LATER);
        }

        for (int answer = 0; answer < 9; answer++) {
            pace.accepted(LATER);
        }
        assertThat(pace.allows(LATER)).isEqualTo(10);
    }

    @Test
    void theLongestWaitCounts() {
        pace.refused(NOW, LATER);
        pace.refused(NOW.plusSeconds(1), LATER.plusSeconds(60));
        pace.refused(NOW.plusSeconds(2), LATER);

        assertThat(pace.hold().until()).isEqualTo(LATER.plusSeconds(60));
    }

    @Test
    void aGoodAnswerToARequestFromBeforeTheRefusalWidensNothing() {
        pace.refused(NOW, LATER);

        pace.accepted(NOW.plusSeconds(1));

        assertThat(pace.allows(LATER)).isEqualTo(1);
    }

    @Test
    void withNothingLeftASecondIsWaitedBeforeTheServiceHasToRefuse() {
        pace.answered(RemainingQuotaTest.answer(Map.of("x-ms-ratelimit-burst-remaining-xrm-requests", "0")));
        pace.accepted(NOW);

        assertThat(pace.allows(NOW)).isZero();
        assertThat(pace.hold().left(NOW)).isEqualTo(Duration.ofSeconds(1));
        assertThat(pace.allows(NOW.plusSeconds(1))).isEqualTo(1);
    }

    @Test
    void aClockThatIsSetBackEndsTheWait() {
        pace.refused(NOW, LATER);

        assertThat(pace.allows(NOW.minusSeconds(3600))).isEqualTo(1);
    }
}
