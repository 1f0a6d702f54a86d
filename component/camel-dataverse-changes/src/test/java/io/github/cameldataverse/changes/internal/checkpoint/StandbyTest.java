package io.github.cameldataverse.changes.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.token.StoredToken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandbyTest {

    private final InstantSource clock = () -> this.now;
    private final Standby standby = new Standby(SampleCheckpoints.ACCOUNTS, clock.withZone(ZoneOffset.UTC));
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
        StoredToken token = new StoredToken(SampleCheckpoints.revision(++revision), Map.of());
        int polls = 1;
        while (isLeftAlone(token)) {
            polls++;
            now = now.plus(delay);
        }
        return polls;
    }

    private boolean isLeftAlone(StoredToken token) {
        try {
            standby.requireStandstill(token);
            return false;
        } catch (StandByException e) {
            return true;
        }
    }
}
