package io.github.cameldataverse.changes.internal.http.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.http.DatedOrganization;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration CAP = Duration.ofMinutes(10);

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "37, 37", "' 37 ', 37", "0037, 37", "599, 599", "600, 600"})
    @ProvesFault("P1")
    void secondsAreTakenAtTheirWord(String header, long seconds) {
        assertThat(waitOf(header)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"'Sun, 01 Mar 2026 12:00:30 GMT', 30", "'Sun, 1 Mar 2026 12:09:59 GMT', 599"})
    @ProvesFault("P1")
    void aDateIsTakenAtItsWord(String header, long seconds) {
        assertThat(waitOf(header)).isEqualTo(Duration.ofSeconds(seconds));
    }

    /** An hour apart, a wait of 30 seconds would be none, or one of the cap. */
    @ParameterizedTest
    @ValueSource(ints = {-3600, 3600})
    @ProvesFault({"P1", "T1"})
    void aDateIsMeantByTheClockOfItsAnswer(int ahead) {
        Instant there = NOW.plusSeconds(ahead);
        Answer answer = new Answer(
                URI.create("https://contoso.example"),
                429,
                Map.of("date", DatedOrganization.date(there)),
                new Body(new byte[0], 0),
                NOW,
                new SecretsInUse());

        Optional<String> told = Optional.of(DatedOrganization.date(there.plusSeconds(30)));
        assertThat(RetryAfter.until(told, answer.received(), answer.written(), CAP))
                .isEqualTo(NOW.plusSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({"PT5M0S, 300", "PT1.5S, 1", "P0DT0H2M, 120", "00:05:00, 300", "0:00:07.5, 7", "-PT5S, 5", "PT-5S, 0"})
    @ProvesFault("P1")
    void aDurationOfTheOrganizationServiceIsReadToo(String text, long seconds) {
        assertThat(waitOf(text).toSeconds()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sun, 01 Mar 2026 11:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"})
    @ProvesFault("S20")
    void aDateInThePastMeansNow(String header) {
        assertThat(waitOf(header)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "601",
                "1000000000",
                "999999999999999999",
                "9223372036854775807",
                "99999999999999999999999999999999",
                "Fri, 31 Dec 9999 23:59:59 GMT"
            })
    @ProvesFault({"P1", "S20"})
    void aLongerWaitIsCutToTheCap(String header) {
        assertThat(waitOf(header)).isEqualTo(CAP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "-1",
                "+1",
                "1.5",
                "1e3",
                "PT",
                "P5X",
                "1:2:3",
                "0x10",
                "\u0663",
                "12:00",
                "Mon, 01 Mar 2026 12:00:30 GMT",
                "Sun, 32 Mar 2026 12:00:30 GMT",
                "2026-03-01T12:00:30Z"
            })
    @ProvesFault({"P1", "S20"})
    void whatCannotBeReadMeansAFewSeconds(String header) {
        assertThat(waitOf(header)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    @ProvesFault("P1")
    void soDoesAHeaderThatIsNotThere() {
        assertThat(RetryAfter.until(Optional.empty(), NOW, NOW, CAP)).isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void theCapHoldsForThoseSecondsToo() {
        assertThat(RetryAfter.until(Optional.empty(), NOW, NOW, Duration.ofSeconds(2)))
                .isEqualTo(NOW.plusSeconds(2));
    }

    private static Duration waitOf(String header) {
        return Duration.between(NOW, RetryAfter.until(Optional.of(header), NOW, NOW, CAP));
    }
}
