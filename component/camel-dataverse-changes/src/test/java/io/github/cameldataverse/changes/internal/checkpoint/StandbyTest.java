package io.github.cameldataverse.changes.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.StoredToken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandbyTest {

    private final InstantSource clock = () -> this.now;
    private final Standby standby = standby(Standby.Lasting.PAGES);
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private long revision = 1;

    @Test
    @ProvesFault("X1")
    void eachMeetingIsWaitedForTwiceAsManyPollsAsTheOneBefore() {
        for (int wait : new int[] {1, 2, 4, 8, 16, 32, 64, 64}) {
            assertThat(pollsUntilItStandsStill(Duration.ZERO)).isEqualTo(wait);
        }
        standby.over();
        assertThat(pollsUntilItStandsStill(Duration.ZERO)).isEqualTo(1);
    }

    @Test
    @ProvesFault({"X1", "X2"})
    void aReaderThatIsGoneIsWaitedForNoLongerThanAQuarterOfAnHourHoweverSlowThePolls() {
        for (int meeting = 0; meeting < 6; meeting++) {
            pollsUntilItStandsStill(Duration.ZERO);
        }
        assertThat(pollsUntilItStandsStill(Duration.ofMinutes(5))).isEqualTo(4);
        assertThat(pollsUntilItStandsStill(Duration.ofHours(1))).isEqualTo(2);
    }

    @Test
    @ProvesFault("X1")
    void whereOnlyRoundsAreStoredTheEndOfAPageIsNoProgressAndTheWaitGrows() {
        Standby rounds = standby(Standby.Lasting.ROUNDS);
        for (int wait = 1; wait <= 1024; wait *= 2) {
            assertThat(pollsUntilItStandsStill(rounds, Duration.ZERO)).isEqualTo(wait);
            rounds.cameTo(SampleCheckpoints.first().nextPage("link", 1));
        }
        assertThat(pollsUntilItStandsStill(rounds, Duration.ofHours(1))).isEqualTo(7);
        rounds.cameTo(SampleCheckpoints.first().nextRound("link", now));
        assertThat(pollsUntilItStandsStill(rounds, Duration.ZERO)).isEqualTo(1);
    }

    @Test
    void aResyncThatAnOperatorBeginsIsTakenAtOnceAndByOneReader() {
        pollsUntilItStandsStill(Duration.ZERO);
        pollsUntilItStandsStill(Duration.ZERO);
        Checkpoint resync = SampleCheckpoints.first();
        for (int times = 1; times <= 3; times++) {
            resync = resync.resync(now, "f");
            standby.requireStandstill(new StoredToken(resync, Map.of()));
            StoredToken taken = new StoredToken(resync.takenOver(), Map.of());
            assertThatThrownBy(() -> standby.requireStandstill(taken)).isInstanceOf(StandByException.class);
        }
    }

    private Standby standby(Standby.Lasting lasting) {
        return new Standby(SampleCheckpoints.ACCOUNTS, lasting, clock.withZone(ZoneOffset.UTC));
    }

    @Test
    void aReaderThatNotesWhatItDeliversIsAtWork() {
        pollsUntilItStandsStill(Duration.ZERO);
        for (int note = 0; note < 10; note++) {
            StoredToken noted = new StoredToken(SampleCheckpoints.revision(9), Map.of("a", "" + note));
            now = now.plus(Duration.ofHours(1));
            assertThatThrownBy(() -> standby.requireStandstill(noted)).isInstanceOf(StandByException.class);
        }
    }

    /** The token of another revision is met, and then the same again and again. */
    private int pollsUntilItStandsStill(Duration delay) {
        return pollsUntilItStandsStill(standby, delay);
    }

    private int pollsUntilItStandsStill(Standby standby, Duration delay) {
        StoredToken token = new StoredToken(SampleCheckpoints.revision(++revision), Map.of());
        int polls = 1;
        while (isLeftAlone(standby, token)) {
            polls++;
            now = now.plus(delay);
        }
        return polls;
    }

    private static boolean isLeftAlone(Standby standby, StoredToken token) {
        try {
            standby.requireStandstill(token);
            return false;
        } catch (StandByException e) {
            return true;
        }
    }
}
