package io.github.cameldataverse.changes.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.harness.InterceptingProxy;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SimulatedTime;
import io.github.cameldataverse.changes.internal.http.clock.ServiceClock;
import io.github.cameldataverse.changes.internal.source.Page;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.TokenStoreException;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The move of a token from the name by the address to that by the id. */
class MoveToTheIdTest {

    private static final String CONTOSO = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
    private static final Instant NOW = Instant.parse("2026-11-02T08:00:00Z");
    private static final SubscriptionId ID = new SubscriptionId("https://contoso.example", "account", "default");

    private final MemoryDeltaTokenRepository memory = new MemoryDeltaTokenRepository();

    private static CheckpointKeeper keeper(DeltaTokenRepository repository, Optional<String> told) {
        return keeper(repository, ID, told);
    }

    private static CheckpointKeeper keeper(DeltaTokenRepository repository, SubscriptionId at, Optional<String> told) {
        ServiceClock clock = new ServiceClock(ID.origin(), SimulatedTime.of(Clock.fixed(NOW, ZoneOffset.UTC)));
        SubscriptionNames names = new SubscriptionNames(repository, at, told, clock);
        return Keepers.of(repository, names, "f", clock);
    }

    private void readOneRound() throws Exception {
        CheckpointKeeper keeper = keeper(memory, Optional.empty());
        Checkpoint first = keeper.load().checkpoint();
        Checkpoint behind = keeper.behind(first, new Page(List.of(), new Page.RoundEnd("delta-1")), NOW);
        keeper.move(new PageMove(first, behind, Set.of(), Map.of()));
    }

    /** A reader that is told no id; another process, which is told one, moves the token between the two looks of its next load. */
    private CheckpointKeeper overtaken() {
        AtomicInteger loads = new AtomicInteger(Integer.MIN_VALUE);
        DeltaTokenRepository shared = InterceptingProxy.before(DeltaTokenRepository.class, memory, (method, values) -> {
            if (method.equals("load") && loads.incrementAndGet() == 3) {
                // 1: whether it is mine; 2: requireSame; 3: what is gone on from
                keeper(memory, Optional.of(CONTOSO)).load();
            }
        });
        CheckpointKeeper late = keeper(shared, Optional.empty());
        loads.set(0);
        return late;
    }

    @Test
    @ProvesFault("L12")
    void aReaderByTheAddressDoesNotTakeWhatTheAddressRemembersForAPlace() throws Exception {
        readOneRound();
        assertThatThrownBy(overtaken()::load).isInstanceOf(TokenConflictException.class);
        assertThat(memory.load(ID).orElseThrow().checkpoint().fingerprint()).isEmpty();
    }

    /** The same, and the polls behind it. */
    @Test
    @ProvesFault("L12")
    void aReaderByTheAddressGetsOutOfWhatTheAddressRemembers() throws Exception {
        readOneRound();
        CheckpointKeeper late = overtaken();
        for (int poll = 0; poll < 100 && !late.isOutdated(); poll++) {
            try {
                assertThat(late.load().checkpoint().phase())
                        .as("what poll %s reads from", poll)
                        .isNotEqualTo(Phase.MOVED);
            } catch (TokenConflictException e) {
                assertThat(late.isOutdated()).isTrue();
            }
        }
    }

    /** By an earlier version: the sinks hold what the list tells of, so a first load would leave them what is gone since. */
    @Test
    @ProvesFault("R3")
    void knownIdsWhoseTokenIsLostMoveToo() throws Exception {
        KnownIds before = memory.knownIds(ID).orElseThrow();
        assertThat(before.begin()).isTrue();
        before.expect(0, 500, List.of("a", "b"));
        ServiceClock clock = new ServiceClock(ID.origin(), SimulatedTime.of(Clock.fixed(NOW, ZoneOffset.UTC)));
        SubscriptionNames names = new SubscriptionNames(memory, ID, Optional.of(CONTOSO), clock);
        CheckpointKeeper keeper = Keepers.of(memory, names, KnownRecords.keep(memory, names), "f", clock);
        assertThat(keeper.load().checkpoint().phase()).isEqualTo(Phase.RESYNC);
        assertThat(memory.knownIds(names.key()).orElseThrow().tally(0).ids()).isEqualTo(2);
    }

    @Test
    @ProvesFault("L10")
    void noListOfKnownIdsBeginsWhereNobodyAsksForOne() throws Exception {
        keeper(memory, Optional.of(CONTOSO)).load();
        assertThat(memory.knownIds(ID).orElseThrow().isKept()).isFalse();
        assertThat(memory.knownIds(ID.ofOrganization(CONTOSO)).orElseThrow().isKept())
                .isFalse();
    }

    /** A process dies in the middle of a reload that makes two tokens one: they are still two, also for who polls in between. */
    @Test
    @ProvesFault("L10")
    void aReloadThatWasNotBegunLeavesTwoTokensTwo() throws Exception {
        readOneRound();
        SubscriptionId elsewhere = new SubscriptionId("https://elsewhere.example", ID.table(), ID.name());
        keeper(memory, elsewhere, Optional.of(CONTOSO)).load();
        DeltaTokenRepository dying = InterceptingProxy.before(DeltaTokenRepository.class, memory, (method, values) -> {
            if (method.equals("advance") && values[0].equals(ID.ofOrganization(CONTOSO))) {
                throw new TokenStoreException("The line is down", new IOException("reset"));
            }
        });
        assertThatThrownBy(() -> new ResyncRequest(keeper(dying, Optional.of(CONTOSO)), "account").ask())
                .isInstanceOf(TokenStoreException.class);
        assertThatThrownBy(() -> keeper(memory, Optional.of(CONTOSO)).load())
                .isInstanceOf(TokenUnusableException.class)
                .hasMessageContaining("Two delta tokens");
        new ResyncRequest(keeper(memory, Optional.of(CONTOSO)), "account").ask();
        assertThat(keeper(memory, Optional.of(CONTOSO)).load().checkpoint().phase())
                .isEqualTo(Phase.RESYNC);
    }

    /** Another organization may be there. */
    @Test
    @ProvesFault("L12")
    void noReloadOfALeftAddressIsAskedForWhileTheOrganizationThereCannotBeAskedWhoItIs() throws Exception {
        keeper(memory, Optional.of(CONTOSO)).load();
        SubscriptionId elsewhere = new SubscriptionId("https://elsewhere.example", ID.table(), ID.name());
        Checkpoint there =
                keeper(memory, elsewhere, Optional.of(CONTOSO)).load().checkpoint();
        ServiceClock clock = new ServiceClock(ID.origin(), SimulatedTime.of(Clock.fixed(NOW, ZoneOffset.UTC)));
        SubscriptionNames names = SubscriptionNames.unasked(memory, ID, clock);
        CheckpointKeeper unasked = Keepers.of(memory, names, "f", clock);
        assertThatThrownBy(() -> new ResyncRequest(unasked, "account").ask())
                .isInstanceOf(TokenUnusableException.class)
                .hasMessageContaining("cannot be asked now who it is");
        assertThat(memory.load(ID.ofOrganization(CONTOSO)).orElseThrow().checkpoint())
                .isEqualTo(there);
    }

    /** Each write of known ids is forced to the disk; in a table that changes every record was offered by a round of its own. */
    @Test
    @ProvesFault("L12")
    void aTakeOverWritesKnownIdsInFewSteps() throws Exception {
        readOneRound();
        KnownIds ids = memory.knownIds(ID).orElseThrow();
        ids.begin();
        long revision = memory.load(ID).orElseThrow().checkpoint().revision();
        for (int i = 0; i < 1000; i++) {
            ids.expect(revision, 1 + i, List.of("id-" + i));
        }
        AtomicInteger writes = new AtomicInteger();
        DeltaTokenRepository counting = InterceptingProxy.to(DeltaTokenRepository.class, memory, (method, made) -> {
            Object result = made.call();
            return method.getName().equals("knownIds")
                    ? ((Optional<?>) result)
                            .map(known -> InterceptingProxy.to(KnownIds.class, known, (write, call) -> {
                                if (write.getName().equals("expect")) {
                                    writes.incrementAndGet();
                                }
                                return call.call();
                            }))
                    : result;
        });
        keeper(counting, Optional.of(CONTOSO)).load();
        assertThat(writes.get())
                .as("transactions, or writes forced to the disk, for 1000 ids")
                .isLessThan(50);
    }
}
