package io.github.cameldataverse.changes.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryDelayTest {

    @ParameterizedTest
    @CsvSource({"0, 500", "1, 1000", "2, 2000", "3, 4000", "4, 8000", "5, 8000", "60, 8000", "2147483647, 8000"})
    void itDoublesUpToEightSeconds(int attempt, long millis) {
        assertThat(RetryDelay.of(attempt, 1.0)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"0, 250", "3, 2000", "60, 4000"})
    void andTakesAtLeastHalfOfIt(int attempt, long millis) {
        assertThat(RetryDelay.of(attempt, 0.0)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void readersWithOtherLuckComeBackAtOtherTimes() {
        assertThat(RetryDelay.of(2, 0.25)).isNotEqualTo(RetryDelay.of(2, 0.75));
    }
}
