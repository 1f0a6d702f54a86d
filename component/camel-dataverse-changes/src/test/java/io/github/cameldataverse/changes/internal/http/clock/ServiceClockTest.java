package io.github.cameldataverse.changes.internal.http.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.http.DatedOrganization;
import io.github.cameldataverse.changes.internal.ReaderLog;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.Body;
import io.github.cameldataverse.changes.internal.http.answer.SecretsInUse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceClockTest {

    private static final String ORIGIN = "https://contoso.example";
    private static final Instant START = TestMachine.START;
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    private final TestMachine machine = new TestMachine();
    private final ServiceClock clock = new ServiceClock(ORIGIN, machine.clock());

    @Test
    void beforeAnythingIsToldTheOwnClockCounts() {
        machine.passes(Duration.ofHours(2));

        assertThat(clock.instant()).isEqualTo(machine.shows());
        assertThat(clock.isTold()).isFalse();
        assertThat(clock.isInDoubt()).isFalse();
    }

    @Test
    void aDateIsTakenAndCarriedOn() {
        hears(START.plusSeconds(200));
        machine.passes(Duration.ofHours(7));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(200).plus(Duration.ofHours(7)));
        assertThat(clock.isTold()).isTrue();
        assertThat(clock.isInDoubt()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {9, -9})
    @ProvesFault("T1")
    void aJumpOfTheOwnClockIsDoubtUntilTheNextAnswerAndChangesNothing(int days) {
        hears(START);
        machine.passes(Duration.ofMinutes(1));
        machine.isSet(Duration.ofDays(days));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(60));
        assertThat(clock.isInDoubt()).isTrue();
        hears(START.plusSeconds(60));
        assertThat(clock.isInDoubt()).isFalse();
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void whereNothingIsToldAJumpOfTheOwnClockIsNoDoubt() {
        machine.isSet(Duration.ofDays(9));

        assertThat(clock.isInDoubt()).isFalse();
        assertThat(clock.instant()).isEqualTo(START);
    }

    @ParameterizedTest
    @ValueSource(longs = {301, -301, 86_400, -86_400, 777_600})
    void aSingleDateThatIsApartDoesNotCount(long seconds) {
        hears(START);
        hears(START.plusSeconds(seconds));

        assertThat(clock.instant()).isEqualTo(START);
        assertThat(clock.isInDoubt()).isTrue();
        hears(START);
        assertThat(clock.isInDoubt()).isFalse();
        assertThat(clock.instant()).isEqualTo(START);
    }

    @ParameterizedTest
    @ValueSource(longs = {301, -301, 777_600})
    void threeAnswersInARowDoASecondFromTheFirstToTheLast(long seconds) {
        Instant there = START.plusSeconds(seconds);
        try (CapturedLog log = new CapturedLog(ReaderLog.NAME)) {
            hears(there);
            machine.passes(HALF_A_SECOND);
            hears(there);
            assertThat(clock.instant()).isEqualTo(START.plus(HALF_A_SECOND));
            machine.passes(HALF_A_SECOND);
            hears(there.plusSeconds(1));

            assertThat(clock.instant()).isEqualTo(there.plusSeconds(1));
            assertThat(clock.isInDoubt()).isFalse();
            assertThat(log.lines())
                    .containsExactly(
                            "WARN " + ReaderLog.NAME + ": " + ORIGIN + ": an answer has the Date " + there
                                    + ", and it should be " + START
                                    + " there. It counts if further answers say the same;"
                                    + " if not, look at what stands between this process and the service",
                            "WARN " + ReaderLog.NAME + ": " + ORIGIN + ": its answers go on telling "
                                    + there.plusSeconds(1) + ", so that is what time it is there");
        }
    }

    @Test
    void threeAnswersInTheSameMomentAreNotEnough() {
        for (int answer = 0; answer < 10; answer++) {
            hears(START.plusSeconds(1000));
        }

        assertThat(clock.instant()).isEqualTo(START);
        assertThat(clock.isInDoubt()).isTrue();
    }

    /** Two gateways, of which one has a wrong clock. */
    @Test
    void answersThatContradictOneAnotherNeverCount() {
        for (int answer = 0; answer < 20; answer++) {
            hears(machine.shows().plusSeconds(answer % 2 == 0 ? 9000 : -9000));
            machine.passes(Duration.ofMinutes(1));
        }

        assertThat(clock.instant()).isEqualTo(machine.shows());
        assertThat(clock.isTold()).isFalse();
    }

    @Test
    void aDoubtThatIsNotEndedIsLeft() {
        hears(START.plusSeconds(1000));
        clock.carryOn();

        assertThat(clock.isInDoubt()).isFalse();
        assertThat(clock.instant()).isEqualTo(START);
    }

    /** What processes count stands still meanwhile, so the Date is apart, and the own clock was not set. */
    @Test
    @ProvesFault("T4")
    void afterASleepTheServiceTellsHowLongItWas() {
        hears(START);
        machine.sleeps(Duration.ofDays(9));

        assertThat(clock.isInDoubt()).isTrue();
        for (int answer = 0; answer < 3; answer++) {
            hears(machine.shows());
            machine.passes(HALF_A_SECOND);
        }
        assertThat(clock.isInDoubt()).isFalse();
        assertThat(clock.instant()).isBetween(machine.shows().minusSeconds(1), machine.shows());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 403, 404, 429, 500, 502, 503, 504})
    void whatAnErrorSaysIsNotHeardForNobodyKnowsWhoWroteIt(int status) {
        clock.hear(answer(status, DatedOrganization.date(START.plusSeconds(60))));

        assertThat(clock.isTold()).isFalse();
        assertThat(clock.instant()).isEqualTo(START);
    }

    @Test
    void aDateThatCannotBeIsToldOnceAndNotHeard() {
        try (CapturedLog log = new CapturedLog(ReaderLog.NAME)) {
            for (String date : new String[] {
                "yesterday\u001b[2J", "", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 2010 23:59:59 GMT"
            }) {
                clock.hear(answer(200, date));
            }

            assertThat(clock.isTold()).isFalse();
            assertThat(clock.isInDoubt()).isFalse();
            assertThat(log.lines())
                    .containsExactly("WARN " + ReaderLog.NAME + ": " + ORIGIN
                            + ": an answer has the Date \"yesterday [2J\", which is no time to go by");
        }
    }

    @Test
    void ofTwoClocksThatAgreeTheLaterOneNumbers() {
        machine.passes(Duration.ofMillis(700));
        hears(START);
        assertThat(clock.latest()).isEqualTo(START.plusMillis(700));

        hears(START.plusSeconds(200));
        assertThat(clock.latest()).isEqualTo(START.plusSeconds(200));
    }

    @ParameterizedTest
    @ValueSource(longs = {3600, -3600})
    void anOwnClockThatIsProvenWrongDoesNotNumber(long seconds) {
        for (int answer = 0; answer < 3; answer++) {
            machine.passes(HALF_A_SECOND);
            hears(START.plusSeconds(seconds));
        }

        assertThat(clock.latest()).isEqualTo(START.plusSeconds(seconds));
    }

    private void hears(Instant date) {
        clock.hear(answer(200, DatedOrganization.date(date)));
    }

    private static Answer answer(int status, String date) {
        return new Answer(
                URI.create(ORIGIN + "/api/data/v9.2/accounts"),
                status,
                Map.of("date", date),
                new Body(new byte[0], 0),
                START,
                new SecretsInUse());
    }
}
