package io.github.cameldataverse.changes.contract.keyset;

import static io.github.cameldataverse.changes.contract.keyset.KeySetRounds.SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.internal.keyset.KeySetTokenRepository;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.TokenStoreException;
import io.github.cameldataverse.changes.token.TokenUnreadableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.camel.spi.IdempotentRepository;
import org.junit.jupiter.api.Test;

/** What every repository of Camel's does for two readers of one token. */
abstract class KeySetReadersContract {

    /** The repository under test as another reader has it; started. */
    abstract IdempotentRepository open();

    /** All keys that are in it. */
    abstract Set<String> keys();

    /** The repository under test, with a hook at every step. */
    IdempotentRepository steps(SteppedIdempotentRepository.Hook hook) {
        return new SteppedIdempotentRepository(open(), hook);
    }

    final KeySetTokenRepository reader() {
        return KeySetContract.reader(open());
    }

    @Test
    @ProvesFault({"X1", "X2"})
    void ofTwoReadersAtTheSameTokenOneAdvancesAndTheOtherReadsItsToken() {
        KeySetTokenRepository one = reader();
        KeySetTokenRepository other = reader();
        for (long round = 0; round < 20; round++) {
            Optional<StoredToken> from = one.load(SHORT);
            assertThat(other.load(SHORT)).map(StoredToken::checkpoint).isEqualTo(from.map(StoredToken::checkpoint));
            long revision = from.map(token -> token.checkpoint().revision()).orElse(0L);
            one.advance(SHORT, revision, KeySetRounds.after(from));
            assertThatThrownBy(() -> other.advance(SHORT, revision, KeySetRounds.after(from)))
                    .isInstanceOf(TokenConflictException.class)
                    .hasMessageContaining("another reader moved it");
            KeySetRounds.assertStored(other.load(SHORT), round + 1);
        }
    }

    @Test
    @ProvesFault("X2")
    void aReaderThatSleptInItsRoundCannotGoOnToItsNextPage() {
        KeySetTokenRepository sleeper = reader();
        KeySetRounds.advance(sleeper);
        KeySetTokenRepository other = reader();
        for (int i = 0; i < 40; i++) {
            KeySetRounds.advance(other);
        }
        assertThatThrownBy(() -> sleeper.advance(SHORT, 1, KeySetRounds.first().nextPage("page 2", 7)))
                .isInstanceOf(TokenConflictException.class);
        KeySetRounds.assertStored(sleeper.load(SHORT), 41);
    }

    @Test
    @ProvesFault({"X1", "X2"})
    void aReaderThatTakesARoundOverRefusesTheOneThatHadItAtItsNextPage() {
        KeySetTokenRepository one = reader();
        KeySetRounds.advance(one);
        KeySetRounds.advance(one);
        Checkpoint here = one.load(SHORT).orElseThrow().checkpoint();
        KeySetTokenRepository other = reader();
        assertThat(other.load(SHORT)).isPresent();
        other.advance(SHORT, here.revision(), here.takenOver(), Map.of("id-1", "v1"));
        assertThatThrownBy(() -> one.advance(SHORT, here.revision(), here.nextPage("page 2", 7)))
                .isInstanceOf(TokenConflictException.class);
        assertThatThrownBy(() -> one.advance(SHORT, here.revision(), here.takenOver()))
                .isInstanceOf(TokenConflictException.class);
        assertThat(one.load(SHORT)).contains(new StoredToken(here.takenOver(), Map.of()));
        assertThat(other.load(SHORT)).contains(new StoredToken(here.takenOver(), Map.of("id-1", "v1")));
        Checkpoint page = here.takenOver().nextPage("page 2", 7);
        other.advance(SHORT, here.takenOver().revision(), page);
        other.advance(SHORT, page.revision(), page.takenOver(), Map.of("id-2", "v2"));
        assertThat(other.load(SHORT)).contains(new StoredToken(page.takenOver(), Map.of("id-2", "v2")));
    }

    @Test
    @ProvesFault({"X1", "X2"})
    void aReaderThatTakesARoundOverRefusesTheOneThatHadItAtItsNextNote() {
        KeySetTokenRepository one = reader();
        KeySetRounds.advance(one);
        KeySetRounds.advance(one);
        Checkpoint here = one.load(SHORT).orElseThrow().checkpoint();
        one.delivered(SHORT, here.revision(), "id-1", "v1");
        KeySetTokenRepository other = reader();
        other.takeOver(
                SHORT,
                here.revision(),
                other.load(SHORT).orElseThrow().checkpoint().takenOver());
        assertThatThrownBy(() -> one.delivered(SHORT, here.revision(), "id-2", "v2"))
                .isInstanceOf(TokenConflictException.class)
                .hasMessageContaining("another reader moved it");
        other.delivered(SHORT, here.takenOver().revision(), "id-3", "v3");
        assertThat(other.load(SHORT)).contains(new StoredToken(here.takenOver(), Map.of("id-3", "v3")));
    }

    @Test
    @ProvesFault("X2")
    void aReaderThatSleptIsRefusedAtItsNextNoteHoweverFarTheOthersAre() {
        for (int rounds : new int[] {1, 2, 3, 8}) {
            KeySetTokenRepository sleeper = reader();
            Checkpoint here = KeySetRounds.after(sleeper.load(SHORT));
            KeySetRounds.advance(sleeper);
            KeySetTokenRepository other = reader();
            for (int round = 0; round < rounds; round++) {
                KeySetRounds.advance(other);
            }
            assertThatThrownBy(() -> sleeper.delivered(SHORT, here.revision(), "id-1", "v1"))
                    .isInstanceOf(TokenConflictException.class);
            assertThat(sleeper.load(SHORT).orElseThrow().delivered()).isEmpty();
        }
    }

    /** The revision of a page is known to its reader only, so another one takes the round over under the same. */
    @Test
    @ProvesFault({"X1", "X2"})
    void aReaderThatHasLookedWhatIsStoredIsRefusedAllTheSameWithThePageThatItHadBefore() {
        KeySetTokenRepository one = reader();
        KeySetRounds.advance(one);
        KeySetRounds.advance(one);
        Checkpoint here = one.load(SHORT).orElseThrow().checkpoint();
        Checkpoint page = here.nextPage("page 2", 7);
        one.advance(SHORT, here.revision(), page);
        KeySetTokenRepository other = reader();
        other.takeOver(
                SHORT,
                here.revision(),
                other.load(SHORT).orElseThrow().checkpoint().takenOver());
        assertThat(one.load(SHORT)).map(StoredToken::checkpoint).isNotEqualTo(Optional.of(page));
        assertThatThrownBy(() -> one.delivered(SHORT, page.revision(), "id-1", "v1"))
                .isInstanceOf(TokenConflictException.class);
        assertThatThrownBy(() -> one.advance(SHORT, page.revision(), page.nextPage("page 3", 7)))
                .isInstanceOf(TokenConflictException.class);
        assertThatThrownBy(() -> one.advance(
                        SHORT, page.revision(), page.nextRound(KeySetRounds.link(3), SampleCheckpoints.NOW)))
                .isInstanceOf(TokenConflictException.class);
        other.delivered(SHORT, here.takenOver().revision(), "id-2", "v2");
    }

    @Test
    @ProvesFault({"R3", "X2"})
    void aReaderAtWorkIsRefusedAtItsNextNoteOnceItsTokenLostAnyKeyAndAnotherReplacedIt() {
        int kinds = 0;
        while (refusedAfterReplacements(kinds)) {
            kinds++;
        }
        assertThat(kinds).as("claims on the path to 14, and the end").isEqualTo(4);
    }

    /** The second replacement follows rounds after the first; whether there was such a key. */
    private boolean refusedAfterReplacements(int which) {
        open().clear();
        KeySetTokenRepository atWork = reader();
        for (int round = 0; round < 14; round++) {
            KeySetRounds.advance(atWork);
        }
        List<String> losable = losable();
        if (which == losable.size()) {
            return false;
        }
        KeySetTokenRepository other = assertRefusedOnceReplaced(atWork, losable.get(which), 1_000);
        for (int round = 0; round < 3; round++) {
            KeySetRounds.advance(other);
        }
        KeySetTokenRepository third = assertRefusedOnceReplaced(other, highestClaim(), 2_000);
        assertRefusedOnceReplaced(third, highestClaim(), 3_000);
        return true;
    }

    /** Without one of these keys no other reader finds the token. */
    private List<String> losable() {
        return keys().stream()
                .filter(key -> key.matches(".*:(\\d+|\\d+:end)\\."))
                .sorted()
                .toList();
    }

    private String highestClaim() {
        return losable().stream()
                .filter(key -> !key.endsWith(":end."))
                .max(Comparator.comparing(key -> Long.parseLong(key.replaceAll(".*:(\\d+)\\.", "$1"))))
                .orElseThrow();
    }

    private KeySetTokenRepository assertRefusedOnceReplaced(KeySetTokenRepository atWork, String lost, long round) {
        Checkpoint here = atWork.load(SHORT).orElseThrow().checkpoint();
        open().remove(lost);
        KeySetTokenRepository other = reader();
        assertThatThrownBy(() -> other.load(SHORT)).as("without %s", lost).isInstanceOf(TokenUnreadableException.class);
        Checkpoint anew = Checkpoint.afterLoss(round, SampleCheckpoints.NOW, KeySetRounds.FINGERPRINT);
        other.replace(SHORT, anew);
        assertThatThrownBy(() -> atWork.delivered(SHORT, here.revision(), "id-1", "v1"))
                .as("a note without %s", lost)
                .isInstanceOf(TokenConflictException.class);
        assertThatThrownBy(() -> atWork.advance(
                        SHORT, here.revision(), here.nextRound(KeySetRounds.link(99), SampleCheckpoints.NOW)))
                .as("a round without %s", lost)
                .isInstanceOf(TokenConflictException.class);
        assertThat(atWork.load(SHORT).orElseThrow().checkpoint().round()).isEqualTo(round);
        other.delivered(SHORT, anew.revision(), "id-2", "v2");
        assertThat(other.load(SHORT)).contains(new StoredToken(anew, Map.of("id-2", "v2")));
        return other;
    }

    @Test
    void aReaderWhoseMarkOfAReplacementGotLostIsRefusedOnceAndGoesOnWithWhatItNoted() {
        KeySetTokenRepository reader = reader();
        KeySetRounds.advance(reader);
        Checkpoint anew = Checkpoint.afterLoss(1_000, SampleCheckpoints.NOW, KeySetRounds.FINGERPRINT);
        reader.replace(SHORT, anew);
        reader.delivered(SHORT, anew.revision(), "id-1", "v1");
        List<String> marks =
                keys().stream().filter(key -> key.contains(":epoch:")).toList();
        assertThat(marks).hasSize(1);
        open().remove(marks.get(0));
        assertThatThrownBy(() -> reader.delivered(SHORT, anew.revision(), "id-2", "v2"))
                .isInstanceOf(TokenConflictException.class);
        assertThat(reader.load(SHORT)).contains(new StoredToken(anew, Map.of("id-1", "v1")));
        reader.delivered(SHORT, anew.revision(), "id-2", "v2");
        assertThat(reader().load(SHORT)).contains(new StoredToken(anew, Map.of()));
        reader.delivered(SHORT, anew.revision(), "id-3", "v3");
        assertThat(KeySetRounds.advance(reader)).isEqualTo(1_001);
        assertThat(keys().stream().filter(key -> key.contains(":epoch:"))).hasSize(1);
    }

    @Test
    void aNoteAsksForTwoKeysAndIsNotMadeIfThatFails() {
        List<String> steps = new ArrayList<>();
        AtomicReference<SteppedIdempotentRepository.Hook> hook = new AtomicReference<>(Supplier::get);
        KeySetTokenRepository reader = KeySetContract.reader(steps(work -> {
            steps.add("step");
            return hook.get().around(work);
        }));
        KeySetRounds.advance(reader);
        steps.clear();
        for (int note = 0; note < 10; note++) {
            reader.delivered(SHORT, 1, "id-" + note, "v1");
        }
        assertThat(steps.size()).as("none where the keys are held in memory").isIn(0, 20);
        SteppedIdempotentRepository.Failing failing = new SteppedIdempotentRepository.Failing(1, 1, false);
        hook.set(failing);
        if (!steps.isEmpty()) {
            assertThatThrownBy(() -> reader.delivered(SHORT, 1, "id-failed", "v1"))
                    .isInstanceOf(TokenStoreException.class);
        }
        failing.heal();
        assertThat(reader.load(SHORT).orElseThrow().delivered()).hasSize(10).doesNotContainKey("id-failed");
        reader.delivered(SHORT, 1, "id-failed", "v1");
        assertThat(reader.load(SHORT).orElseThrow().delivered()).hasSize(11);
    }

    @Test
    void aResyncByAnotherReaderInterruptsARound() {
        KeySetTokenRepository reader = reader();
        KeySetRounds.advance(reader);
        reader.advance(SHORT, 1, KeySetRounds.first().nextPage("page 2", 7));
        KeySetTokenRepository operator = reader();
        Checkpoint resync =
                operator.load(SHORT).orElseThrow().checkpoint().resync(SampleCheckpoints.NOW, "other columns");
        operator.advance(SHORT, 1, resync);
        assertThat(reader.load(SHORT)).contains(new StoredToken(resync.takenOver(), Map.of()));
    }
}
