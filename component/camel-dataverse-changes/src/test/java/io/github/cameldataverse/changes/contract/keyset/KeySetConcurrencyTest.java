package io.github.cameldataverse.changes.contract.keyset;

import static io.github.cameldataverse.changes.contract.keyset.KeySetRounds.SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.internal.keyset.KeySetTokenRepository;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.TokenConflictException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A writer that is held at each of its steps, while others come, advance, die, or read. */
class KeySetConcurrencyTest {

    private final Map<String, Object> set = new HashMap<>();
    private final IdempotentRepository keys = MemoryIdempotentRepository.memoryIdempotentRepository(set);

    /** Runs something else before the n-th step of a writer. */
    private static final class Held implements SteppedIdempotentRepository.Hook {

        private final int at;
        private final Runnable meanwhile;
        private boolean counts;
        private int step;

        Held(int at, Runnable meanwhile) {
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

        /** What follows is what is to be held. */
        void countFromHere() {
            counts = true;
        }
    }

    /** A process that ends at its n-th step. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final class Other {

        private long told;

        void rounds(int count) {
            KeySetTokenRepository reader =
                    new KeySetTokenRepository(new SteppedIdempotentRepository(keys, Supplier::get));
            try {
                for (int round = 0; round < count; round++) {
                    told = advance(reader, "other");
                }
            } catch (TokenConflictException e) {
                assertThat(e).hasMessageContaining("another reader moved it");
            }
        }

        void diesAt(int step) {
            Held death = new Held(step, () -> {
                throw new Death();
            });
            KeySetTokenRepository reader = new KeySetTokenRepository(new SteppedIdempotentRepository(keys, death));
            try {
                told = advance(reader, "other", death::countFromHere);
            } catch (Death | TokenConflictException e) {
                assertThat(e).isNotNull();
            }
        }
    }

    private static long advance(KeySetTokenRepository reader, String who) {
        return advance(reader, who, () -> {});
    }

    private static long advance(KeySetTokenRepository reader, String who, Runnable afterReading) {
        Optional<StoredToken> from = reader.load(SHORT);
        afterReading.run();
        long revision = from.map(token -> token.checkpoint().revision()).orElse(0L);
        Checkpoint next = new Checkpoint(
                revision + 1,
                revision + 1,
                Phase.DELTA,
                who,
                null,
                0,
                0,
                SampleCheckpoints.NOW,
                KeySetRounds.FINGERPRINT);
        reader.advance(SHORT, revision, next);
        return revision + 1;
    }

    @Test
    @ProvesFault({"X1", "X2"})
    void aWriterThatIsHeldAtAnyStepWhileAnotherAdvancesAnyNumberOfRoundsNeverMovesTheTokenBack() {
        for (int rounds : new int[] {1, 2, 3, 9}) {
            for (int before : new int[] {0, 1, 7}) {
                assertThat(heldAtEveryStep(before, other -> other.rounds(rounds)))
                        .isGreaterThan(70);
            }
        }
    }

    @Test
    @ProvesFault({"X1", "C11"})
    void aWriterThatIsHeldAtAnyStepWhileAnotherDiesAtAnyStepLeavesAToken() {
        for (int death = 1; death < 200; death += 13) {
            int at = death;
            assertThat(heldAtEveryStep(1, other -> other.diesAt(at))).isGreaterThan(70);
        }
    }

    /** What another process does meanwhile. */
    private interface Meanwhile {
        void of(Other other);
    }

    private int heldAtEveryStep(int roundsBefore, Meanwhile meanwhile) {
        int step = 1;
        while (held(step, roundsBefore, meanwhile)) {
            step++;
        }
        return step;
    }

    private boolean held(int step, int roundsBefore, Meanwhile meanwhile) {
        set.clear();
        Other other = new Other();
        other.rounds(roundsBefore);
        other.told = 0;
        Held held = new Held(step, () -> meanwhile.of(other));
        KeySetTokenRepository slow = new KeySetTokenRepository(new SteppedIdempotentRepository(keys, held));
        long mine = 0;
        try {
            mine = advance(slow, "slow", held::countFromHere);
            assertThat(other.told).as("two may not advance from the same token").isNotEqualTo(mine);
        } catch (TokenConflictException e) {
            assertThat(e).hasMessageContaining("another reader moved it");
        }
        Checkpoint stored =
                new KeySetTokenRepository(keys).load(SHORT).orElseThrow().checkpoint();
        assertThat(stored.revision()).isGreaterThanOrEqualTo(Math.max(Math.max(roundsBefore, mine), other.told));
        if (mine == stored.revision()) {
            assertThat(stored.roundLink()).isEqualTo("slow");
        }
        long next = advance(new KeySetTokenRepository(keys), "next");
        assertThat(next).isEqualTo(stored.revision() + 1);
        return held.step >= step;
    }

    @Test
    @ProvesFault("X1")
    void aReaderThatIsHeldWhileOthersAdvanceReadsOneOfTheirTokensAndNeverNoneOrATornOne() {
        for (int rounds : new int[] {1, 2, 9}) {
            for (int step = 1; step < 2_400; step += 11) {
                set.clear();
                Other other = new Other();
                other.rounds(7);
                Held held = new Held(step, () -> other.rounds(rounds));
                held.countFromHere();
                Optional<StoredToken> read =
                        new KeySetTokenRepository(new SteppedIdempotentRepository(keys, held)).load(SHORT);
                assertThat(read.orElseThrow().checkpoint().revision()).isBetween(7L, 7L + rounds);
            }
        }
    }

    @Test
    @ProvesFault("X1")
    void ofTwoWritersThatAreHeldInTurnAtAnyOfTheirStepsOneAtMostAdvances() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            for (int slow = 1; slow < 90; slow += slow < 5 ? 1 : 12) {
                for (int other = 1; other < 90; other += other < 8 ? 1 : 12) {
                    assertHeldInTurn(thread, slow, other);
                }
            }
        } finally {
            thread.shutdownNow();
        }
    }

    /**
     * The slow one goes to its step, then the other to its own, then the slow one to where it is about to remove the token
     * before, then the other to its end, then the slow one.
     */
    private void assertHeldInTurn(ExecutorService thread, int slowStep, int otherStep) throws Exception {
        set.clear();
        new Other().rounds(6);
        Semaphore goSlow = new Semaphore(0);
        Semaphore goOther = new Semaphore(0);
        List<String> told = new CopyOnWriteArrayList<>();
        Held holdsOther = new Held(otherStep, () -> {
            goSlow.release();
            goOther.acquireUninterruptibly();
        });
        List<Future<?>> other = new ArrayList<>();
        Held holdsSlow = new Held(slowStep, () -> {
            other.add(thread.submit(() -> {
                step("other", keys -> new SteppedIdempotentRepository(keys, holdsOther), holdsOther, told);
                goSlow.release();
            }));
            goSlow.acquireUninterruptibly();
        });
        step(
                "slow",
                keys -> new BeforeRemoval(new SteppedIdempotentRepository(keys, holdsSlow), () -> {
                    goOther.release();
                    if (!other.isEmpty()) {
                        goSlow.acquireUninterruptibly();
                    }
                }),
                holdsSlow,
                told);
        goOther.release();
        for (Future<?> end : other) {
            end.get();
        }
        assertThat(told).as("slow held at %d, other at %d", slowStep, otherStep).doesNotHaveDuplicates();
        Checkpoint stored =
                new KeySetTokenRepository(keys).load(SHORT).orElseThrow().checkpoint();
        assertThat(stored.revision()).isGreaterThanOrEqualTo(6L + told.size());
    }

    /** Runs something else before the first key is removed. */
    private static final class BeforeRemoval extends ServiceSupport implements IdempotentRepository {

        private final IdempotentRepository real;
        private @Nullable Runnable meanwhile;

        BeforeRemoval(IdempotentRepository real, Runnable meanwhile) {
            this.real = real;
            this.meanwhile = meanwhile;
        }

        @Override
        public boolean add(String key) {
            return real.add(key);
        }

        @Override
        public boolean contains(String key) {
            return real.contains(key);
        }

        @Override
        public boolean remove(String key) {
            Runnable first = meanwhile;
            meanwhile = null;
            if (first != null) {
                first.run();
            }
            return real.remove(key);
        }

        @Override
        public boolean confirm(String key) {
            return real.confirm(key);
        }

        @Override
        public void clear() {
            real.clear();
        }
    }

    private void step(String who, UnaryOperator<IdempotentRepository> holding, Held hold, List<String> told) {
        try {
            KeySetTokenRepository writer = new KeySetTokenRepository(holding.apply(keys));
            told.add("revision " + advance(writer, who, hold::countFromHere));
        } catch (TokenConflictException e) {
            assertThat(e).hasMessageContaining("another reader moved it");
        }
    }

    @Test
    @ProvesFault("X1")
    void aReaderThatTidiesUpBelowATokenDoesNotMakeItsWriterTakeItBack() {
        new Other().rounds(6);
        Map<String, Object> before = Map.copyOf(set);
        for (int step = 1; step < 120; step++) {
            set.clear();
            set.putAll(before);
            Held held = new Held(step, () -> new KeySetTokenRepository(keys).load(SHORT));
            KeySetTokenRepository writer = new KeySetTokenRepository(new SteppedIdempotentRepository(keys, held));
            assertThat(advance(writer, "slow", held::countFromHere)).isEqualTo(7);
            assertThat(new KeySetTokenRepository(keys)
                            .load(SHORT)
                            .orElseThrow()
                            .checkpoint()
                            .roundLink())
                    .isEqualTo("slow");
        }
    }

    @Test
    @ProvesFault("C11")
    void writersThatDieOneAfterTheOtherBlockNobodyAndLeaveNothing() {
        new Other().rounds(3);
        int before = set.size();
        for (int death = 1; death < 200; death += 3) {
            new Other().diesAt(death);
        }
        KeySetTokenRepository reader = new KeySetTokenRepository(keys);
        advance(reader, "next");
        advance(reader, "next");
        assertThat(set).hasSizeLessThan(before + 30);
    }

    @Test
    @ProvesFault("X2")
    void aSleeperFindsItsClaimFreeAndIsRefusedAllTheSame() {
        new Other().rounds(5);
        KeySetTokenRepository sleeper = new KeySetTokenRepository(new SteppedIdempotentRepository(keys, Supplier::get));
        assertThat(sleeper.load(SHORT)).isPresent();
        new Other().rounds(40);
        Map<String, Object> before = new HashMap<>(set);
        assertThat(set.keySet().stream().filter(key -> key.endsWith(":6."))).isEmpty();
        assertThatThrownBy(() -> sleeper.advance(SHORT, 5, SampleCheckpoints.revision(6)))
                .isInstanceOf(TokenConflictException.class);
        assertThat(set).isEqualTo(before);
    }
}
