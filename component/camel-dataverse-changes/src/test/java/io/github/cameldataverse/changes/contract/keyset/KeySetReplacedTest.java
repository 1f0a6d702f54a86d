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
import io.github.cameldataverse.changes.token.TokenUnreadableException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A token that lost its claim and is replaced, step by step, beside a reader that still has it. */
class KeySetReplacedTest {

    private static final int ROUNDS = 14;

    private final Map<String, Object> set = new HashMap<>();
    private final IdempotentRepository keys = MemoryIdempotentRepository.memoryIdempotentRepository(set);
    private final Map<String, Object> before = new HashMap<>();

    /** Where the reader at work stands, as far as it knows. */
    private Checkpoint here = KeySetRounds.first();

    /** A process that ends at its n-th step. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Runs something else before the n-th step that it counts. */
    private static final class At implements SteppedIdempotentRepository.Hook {

        private final int at;
        private final Runnable meanwhile;
        private boolean counts;
        private int step;

        At(int at, Runnable meanwhile) {
            this.at = at;
            this.meanwhile = meanwhile;
        }

        @Override
        public boolean around(Supplier<Boolean> work) {
            if (counts && ++step == at) {
                meanwhile.run();
            }
            return work.get();
        }

        boolean cameToIt() {
            return step >= at;
        }
    }

    @BeforeEach
    void storeSomeRounds() {
        KeySetTokenRepository first = new KeySetTokenRepository(keys);
        for (int round = 0; round < ROUNDS; round++) {
            KeySetRounds.advance(first);
        }
        before.putAll(set);
    }

    @Test
    @ProvesFault({"R3", "X2"})
    void aReaderThatGoesOnAtAnyStepOfTheReplacementIsRefusedAtItsNextNote() {
        int step = 1;
        while (replacedBeside(step)) {
            step++;
        }
        assertThat(step).isGreaterThan(100);
    }

    private boolean replacedBeside(int step) {
        KeySetTokenRepository atWork = atWorkOnAClaimThatGotLost(new At(0, () -> {}));
        At hook = new At(step, () -> goOn(atWork));
        hook.counts = true;
        replace(hook, 1_000);
        assertIsRefused(atWork, 1_000);
        return hook.cameToIt();
    }

    @Test
    @ProvesFault({"R3", "X2"})
    void aReaderThatIsHeldAtAnyStepOfItsRoundWhileItsTokenIsReplacedIsRefusedAtItsNextNote() {
        int step = 1;
        while (heldWhileReplaced(step)) {
            step++;
        }
        assertThat(step).isGreaterThan(70);
    }

    private boolean heldWhileReplaced(int step) {
        At hook = new At(step, () -> replace(new At(0, () -> {}), 1_000));
        KeySetTokenRepository atWork = atWorkOnAClaimThatGotLost(hook);
        hook.counts = true;
        goOn(atWork);
        hook.counts = false;
        if (hook.cameToIt()) {
            assertIsRefused(atWork, 1_000);
        }
        return hook.cameToIt();
    }

    @Test
    @ProvesFault({"R3", "C11"})
    void aReplacementThatDiesAtAnyStepLeavesTheOldReaderAloneOrATokenThatHasToBeReplacedOrANewOne() {
        int step = 1;
        while (diesAt(step)) {
            step++;
        }
        assertThat(step).isGreaterThan(100);
    }

    private boolean diesAt(int step) {
        KeySetTokenRepository atWork = atWorkOnAClaimThatGotLost(new At(0, () -> {}));
        At death = new At(step, () -> {
            throw new Death();
        });
        death.counts = true;
        try {
            replace(death, 1_000);
        } catch (Death e) {
            assertThat(death.cameToIt()).isTrue();
        }
        long round = 1_000;
        if (!isReadable()) {
            round = 2_000;
            replace(new At(0, () -> {}), round);
        }
        assertIsRefused(atWork, round);
        return death.cameToIt();
    }

    private boolean isReadable() {
        try {
            return new KeySetTokenRepository(keys).load(SHORT).isPresent();
        } catch (TokenUnreadableException e) {
            return false;
        }
    }

    /** It sets a mark, because the one of the replacement before got lost. */
    @Test
    @ProvesFault({"R3", "X1"})
    void aReaderThatIsHeldAtAnyStepOfItsReadingWhileTheTokenIsReplacedOnceMoreIsRefusedOrReadsTheNewOne() {
        replace(new At(0, () -> {}), 1_000);
        set.keySet().removeIf(key -> key.contains(":epoch:"));
        before.clear();
        before.putAll(set);
        int step = 1;
        while (readsBeside(step)) {
            step++;
        }
        assertThat(step).isGreaterThan(1_000);
    }

    private boolean readsBeside(int step) {
        set.clear();
        set.putAll(before);
        At hook = new At(step, () -> {
            set.keySet().removeIf(key -> key.endsWith(":1000."));
            replace(new At(0, () -> {}), 2_000);
        });
        hook.counts = true;
        KeySetTokenRepository reader = new KeySetTokenRepository(new SteppedIdempotentRepository(keys, hook));
        here = reader.load(SHORT).orElseThrow().checkpoint();
        hook.counts = false;
        if (here.round() == 1_000 && hook.cameToIt()) {
            assertIsRefused(reader, 2_000);
        }
        return hook.cameToIt();
    }

    private KeySetTokenRepository atWorkOnAClaimThatGotLost(SteppedIdempotentRepository.Hook hook) {
        set.clear();
        set.putAll(before);
        KeySetTokenRepository atWork = new KeySetTokenRepository(new SteppedIdempotentRepository(keys, hook));
        here = atWork.load(SHORT).orElseThrow().checkpoint();
        assertThat(set.keySet().removeIf(key -> key.endsWith(":" + ROUNDS + ".")))
                .isTrue();
        return atWork;
    }

    /** As if it had not asked what is stored, until it is refused. */
    private void goOn(KeySetTokenRepository atWork) {
        try {
            for (int round = 0; round < 3; round++) {
                atWork.delivered(SHORT, here.revision(), "id-" + round, "v1");
                Checkpoint next = KeySetRounds.after(Optional.of(new StoredToken(here, Map.of())));
                atWork.advance(SHORT, here.revision(), next);
                here = next;
            }
        } catch (TokenConflictException e) {
            assertThat(e).hasMessageContaining("another reader moved it");
        }
    }

    private void replace(SteppedIdempotentRepository.Hook hook, long round) {
        new KeySetTokenRepository(new SteppedIdempotentRepository(keys, hook))
                .replace(SHORT, Checkpoint.afterLoss(round, SampleCheckpoints.NOW, KeySetRounds.FINGERPRINT));
    }

    private void assertIsRefused(KeySetTokenRepository atWork, long round) {
        assertThatThrownBy(() -> atWork.delivered(SHORT, here.revision(), "id-1", "v1"))
                .isInstanceOf(TokenConflictException.class);
        assertThat(KeySetRounds.number(atWork.load(SHORT))).isEqualTo(round);
        assertThat(new KeySetTokenRepository(keys).load(SHORT))
                .contains(new StoredToken(
                        Checkpoint.afterLoss(round, SampleCheckpoints.NOW, KeySetRounds.FINGERPRINT), Map.of()));
    }
}
