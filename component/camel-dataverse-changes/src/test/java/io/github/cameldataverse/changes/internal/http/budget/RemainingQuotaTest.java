package io.github.cameldataverse.changes.internal.http.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.Body;
import io.github.cameldataverse.changes.internal.http.answer.SecretsInUse;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemainingQuotaTest {

    private static final String REQUESTS = "x-ms-ratelimit-burst-remaining-xrm-requests";
    private static final String TIME = "x-ms-ratelimit-time-remaining-xrm-requests";

    private final RemainingQuota remaining = new RemainingQuota();

    @Test
    void asLongAsNothingIsSaidNothingIsTaken() {
        remaining.read(answer(Map.of()));

        assertThat(remaining.of(20)).isEqualTo(20);
        assertThat(remaining.isNothing()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"5999, 20", "20, 20", "19, 19", "2, 2", "1, 1", "0, 1", "'5,999', 20"})
    void noMoreRequestsAreUnderWayThanAreLeft(String left, int allowed) {
        remaining.read(answer(Map.of(REQUESTS, left)));

        assertThat(remaining.of(20)).isEqualTo(allowed);
    }

    @Test
    void withNothingLeftTheNextOneWouldBeRefused() {
        remaining.read(answer(Map.of(REQUESTS, "0")));
        assertThat(remaining.isNothing()).isTrue();

        remaining.read(answer(Map.of(REQUESTS, "1")));
        assertThat(remaining.isNothing()).isFalse();

        remaining.read(answer(Map.of(TIME, "0.00")));
        assertThat(remaining.isNothing()).isTrue();
    }

    @Test
    void withLittleTimeLeftOneRequestAtATimeIsEnough() {
        remaining.read(answer(Map.of(TIME, "1,198.25")));
        assertThat(remaining.of(20)).isEqualTo(20);

        remaining.read(answer(Map.of(TIME, "59.00")));
        assertThat(remaining.of(20)).isEqualTo(1);

        remaining.read(answer(Map.of(TIME, "61.00")));
        assertThat(remaining.of(20)).isEqualTo(20);
    }

    @Test
    void timeInAnotherUnitIsReadTheSameWay() {
        remaining.read(answer(Map.of(TIME, "1198250")));
        assertThat(remaining.of(20)).isEqualTo(20);

        remaining.read(answer(Map.of(TIME, "59000")));
        assertThat(remaining.of(20)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "none", "1e3", "NaN", "1 2", "99999999999999999999", "0x0"})
    void whatIsNoNumberIsNotBelieved(String text) {
        remaining.read(answer(Map.of(REQUESTS, text, TIME, text)));

        assertThat(remaining.of(20)).isEqualTo(20);
        assertThat(remaining.isNothing()).isFalse();
    }

    @Test
    void anAnswerThatSaysNothingEndsWhatTheOneBeforeSaid() {
        remaining.read(answer(Map.of(REQUESTS, "0")));
        remaining.read(answer(Map.of()));

        assertThat(remaining.of(20)).isEqualTo(20);
        assertThat(remaining.isNothing()).isFalse();
    }

    static Answer answer(Map<String, String> headers) {
        return new Answer(
                URI.create("http://localhost/"),
                200,
                headers,
                new Body(new byte[0], 0),
                Instant.EPOCH,
                new SecretsInUse());
    }
}
