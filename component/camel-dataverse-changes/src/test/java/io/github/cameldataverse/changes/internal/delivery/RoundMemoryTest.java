package io.github.cameldataverse.changes.internal.delivery;

import static io.github.cameldataverse.changes.internal.delivery.SampleChanges.A;
import static io.github.cameldataverse.changes.internal.delivery.SampleChanges.B;
import static io.github.cameldataverse.changes.internal.delivery.SampleChanges.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RoundMemoryTest {

    @Test
    void aRoundSeenFromItsStartIsKnown() {
        RoundMemory memory = SampleChanges.roundFromItsStart();
        memory.saw(upsert(A, 1));
        memory.saw(upsert(A, 2));

        assertThat(memory.mayHaveSeenUpsertOf(A)).isTrue();
        assertThat(memory.mayHaveSeenUpsertOf(B)).isFalse();
    }

    @Test
    void aRoundTakenUpInTheMiddleMayHaveHadAnything() {
        RoundMemory memory = SampleChanges.roundTakenUpAt("page-3");

        assertThat(memory.mayHaveSeenUpsertOf(B)).isTrue();
    }

    @Test
    void aVeryLongRoundIsForgottenAndSaysPerhaps() {
        RoundMemory memory = SampleChanges.roundFromItsStart();
        for (int record = 0; record < 200_000; record++) {
            memory.saw(upsert("id-" + record, 1));
        }
        assertThat(memory.mayHaveSeenUpsertOf(A)).isFalse();

        memory.saw(upsert("one more", 1));

        assertThat(memory.mayHaveSeenUpsertOf(A)).isTrue();
        memory.saw(upsert(B, 1));
        assertThat(memory.mayHaveSeenUpsertOf(A)).isTrue();
    }

    @Test
    void aLinkIsKnownOnceItWasFollowed() {
        RoundMemory memory = SampleChanges.roundTakenUpAt("page-3");
        memory.follow(null);
        memory.follow("page-4");

        assertThat(memory.hasFollowed("page-3")).isTrue();
        assertThat(memory.hasFollowed("page-4")).isTrue();
        assertThat(memory.hasFollowed("page-5")).isFalse();
    }

    @Test
    void aMemoryIsOfOneRoundAndOfOneReader() {
        Checkpoint start = new Checkpoint(2, 7, Phase.DELTA, "delta", null, 0, 0, Instant.EPOCH, "");
        RoundMemory memory = RoundMemory.from(start, 3);

        assertThat(memory.isOf(start, 3)).isTrue();
        assertThat(memory.isOf(start.nextPage("page-2", 3), 3)).isTrue();
        assertThat(memory.isOf(start.nextRound("delta-2", Instant.EPOCH), 3)).isFalse();
        assertThat(memory.isOf(start.nextPage("page-2", 3), 4)).isFalse();
    }
}
