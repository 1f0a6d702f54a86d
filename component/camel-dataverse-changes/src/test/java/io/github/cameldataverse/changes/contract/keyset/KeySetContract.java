package io.github.cameldataverse.changes.contract.keyset;

import static io.github.cameldataverse.changes.contract.keyset.KeySetRounds.SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.internal.keyset.KeySetTokenRepository;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Checkpoint.Organization;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.TokenStoreException;
import io.github.cameldataverse.changes.token.TokenUnreadableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.camel.spi.IdempotentRepository;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every repository of Camel's does for a token. */
@Tag("holds-keys")
public abstract class KeySetContract extends KeySetReadersContract {

    private static final String ORGANIZATION = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";

    /** Ends the process, as far as the repository can tell. What was in it stays. */
    void restart() {}

    /** 1 where the repository is so fast that every single step can be made to fail. */
    int stride() {
        return 1;
    }

    /** How many rounds of a test a build has the time for. */
    int manyRounds() {
        return 1_000;
    }

    public static KeySetTokenRepository reader(IdempotentRepository keys) {
        KeySetTokenRepository reader = new KeySetTokenRepository(keys);
        reader.start();
        return reader;
    }

    @Test
    void nothingIsStoredAtFirst() {
        assertThat(reader().load(SHORT)).isEmpty();
        assertThat(keys()).isEmpty();
    }

    @Test
    void theStartOfARoundIsStoredAndAnotherReaderBeginsThere() {
        KeySetTokenRepository reader = reader();
        for (long round = 1; round <= 5; round++) {
            assertThat(KeySetRounds.advance(reader)).isEqualTo(round);
            KeySetRounds.assertStored(reader.load(SHORT), round);
            KeySetRounds.assertStored(reader().load(SHORT), round);
        }
    }

    @Test
    void theOrganizationOfACheckpointIsStored() {
        Organization organization = new Organization(ORGANIZATION, "https://b", 17);
        Checkpoint first = KeySetRounds.first().with(organization);
        KeySetTokenRepository reader = reader();
        reader.advance(SHORT, 0, first);
        assertThat(reader().load(SHORT)).contains(new StoredToken(first, Map.of()));
        Checkpoint next = first.nextRound(KeySetRounds.link(2), SampleCheckpoints.NOW);
        reader.advance(SHORT, 1, next);
        assertThat(reader().load(SHORT)).contains(new StoredToken(next, Map.of()));
        assertThat(next.organization()).isEqualTo(organization);
    }

    @Test
    void whatAnAddressRemembersIsStored() {
        Checkpoint moved = Checkpoint.moved(1, new Organization(ORGANIZATION, "https://b", 17));
        reader().advance(SHORT, 0, moved);
        assertThat(reader().load(SHORT)).contains(new StoredToken(moved, Map.of()));
        assertThat(moved.isMoved()).isTrue();
    }

    @Test
    void pagesAndDeliveriesAreRememberedByTheirReaderAndCostNoKey() {
        KeySetTokenRepository reader = reader();
        KeySetRounds.advance(reader);
        KeySetRounds.advance(reader);
        Set<String> before = keys();
        Checkpoint here = reader.load(SHORT).orElseThrow().checkpoint();
        Checkpoint page = here.nextPage("page 2", 7);
        reader.advance(SHORT, here.revision(), page);
        reader.delivered(SHORT, page.revision(), "id-1", "v1");
        assertThat(reader.load(SHORT)).contains(new StoredToken(page, Map.of("id-1", "v1")));
        assertThat(keys()).isEqualTo(before);
        KeySetRounds.assertStored(reader().load(SHORT), 2);
        reader.advance(SHORT, page.revision(), page.roundAgain());
        assertThat(reader.load(SHORT)).contains(new StoredToken(page.roundAgain(), Map.of()));
        assertThat(keys()).isEqualTo(before);
        Checkpoint end = page.roundAgain().nextRound(KeySetRounds.link(3), SampleCheckpoints.NOW);
        reader.advance(SHORT, page.revision() + 1, end);
        assertThat(reader().load(SHORT)).contains(new StoredToken(end, Map.of()));
    }

    @Test
    void notesThatAreCarriedAreThereWithTheNewPageAndEndWithTheirReader() {
        KeySetTokenRepository reader = reader();
        KeySetRounds.advance(reader);
        KeySetRounds.advance(reader);
        Checkpoint here = reader.load(SHORT).orElseThrow().checkpoint();
        Checkpoint page = here.nextPage("page 2", 7);
        reader.delivered(SHORT, here.revision(), "id-1", "v1");
        reader.advance(SHORT, here.revision(), page, Map.of("id-2", "v2"));
        assertThat(reader.load(SHORT)).contains(new StoredToken(page, Map.of("id-2", "v2")));
        reader.delivered(SHORT, page.revision(), "id-3", "v3");
        assertThat(reader.load(SHORT)).contains(new StoredToken(page, Map.of("id-2", "v2", "id-3", "v3")));
        assertThatThrownBy(() -> reader.advance(SHORT, 1, page.nextPage("page 3", 7), Map.of("id-4", "v4")))
                .isInstanceOf(TokenConflictException.class);
        assertThat(reader.load(SHORT)).contains(new StoredToken(page, Map.of("id-2", "v2", "id-3", "v3")));
        Checkpoint end = page.nextRound(KeySetRounds.link(3), SampleCheckpoints.NOW);
        reader.advance(SHORT, page.revision(), end, Map.of("id-5", "v5"));
        assertThat(reader.load(SHORT)).contains(new StoredToken(end, Map.of("id-5", "v5")));
        assertThat(reader().load(SHORT)).contains(new StoredToken(end, Map.of()));
    }

    @Test
    @ProvesFault({"R5", "R12"})
    void aStepThatFailsWhileNotesAreCarriedLeavesTheOldPageWithItsNotesOrTheNewOneWithThese() {
        int step = 1;
        while (carryFails(step)) {
            step++; // none on a file, whose keys are held in memory too
        }
    }

    private boolean carryFails(int step) {
        open().clear();
        AtomicReference<SteppedIdempotentRepository.Hook> hook = new AtomicReference<>(Supplier::get);
        KeySetTokenRepository reader = reader(steps(work -> hook.get().around(work)));
        KeySetRounds.advance(reader);
        Checkpoint here = reader.load(SHORT).orElseThrow().checkpoint();
        reader.delivered(SHORT, here.revision(), "id-1", "v1");
        Checkpoint page = here.nextPage("page 2", 7);
        SteppedIdempotentRepository.Failing failing = new SteppedIdempotentRepository.Failing(step, step, false);
        hook.set(failing);
        try {
            reader.advance(SHORT, here.revision(), page, Map.of("id-2", "v2"));
        } catch (TokenStoreException e) {
            assertThat(failing.cameToIt()).isTrue();
        }
        failing.heal();
        assertThat(reader.load(SHORT))
                .isIn(
                        Optional.of(new StoredToken(here, Map.of("id-1", "v1"))),
                        Optional.of(new StoredToken(page, Map.of("id-2", "v2"))));
        return failing.cameToIt();
    }

    @Test
    void aConflictLeavesEverythingUnchangedAndSaysWhereTheTokenStands() {
        KeySetTokenRepository reader = reader();
        KeySetRounds.advance(reader);
        KeySetRounds.advance(reader);
        for (long expected : new long[] {0, 1, 3, 1000}) {
            assertThatThrownBy(() -> reader().advance(SHORT, expected, SampleCheckpoints.revision(2000)))
                    .isInstanceOf(TokenConflictException.class)
                    .hasMessageContaining("t/d at https://a stands at revision 2, not at ");
        }
        assertThatThrownBy(() -> reader.advance(SHORT, 2, SampleCheckpoints.revision(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must have a higher revision, not 2");
        KeySetRounds.assertStored(reader().load(SHORT), 2);
    }

    @Test
    void theNumberOfKeysStaysTheSameOverManyRounds() {
        KeySetTokenRepository reader = reader();
        KeySetRounds.advance(reader);
        KeySetRounds.advance(reader);
        int before = keys().size();
        for (int round = 0; round < manyRounds(); round++) {
            KeySetRounds.advance(reader);
        }
        KeySetRounds.assertStored(reader().load(SHORT), manyRounds() + 2);
        // Two more digits of three counts, and one claim for each bit of the number.
        assertThat(keys()).hasSizeLessThan(before + 25);
    }

    @Test
    void keysFitIntoAnyColumnAndTellNoLink() {
        KeySetTokenRepository reader = reader();
        reader.advance(SampleCheckpoints.ACCOUNTS, 0, SampleCheckpoints.revision(1));
        reader.advance(
                SampleCheckpoints.ACCOUNTS,
                1,
                SampleCheckpoints.revision(1)
                        .nextRound(SampleCheckpoints.LINK + "x".repeat(900), SampleCheckpoints.NOW));
        assertThat(keys()).isNotEmpty().allMatch(key -> key.matches("dataverse-changes:[a-z0-9:=]{1,80}\\."));
        assertThat(reader().load(SampleCheckpoints.ACCOUNTS)
                        .orElseThrow()
                        .checkpoint()
                        .roundLink())
                .isEqualTo(SampleCheckpoints.LINK + "x".repeat(900));
    }

    @Test
    void theKeysOfOthersAreLeftAlone() {
        IdempotentRepository shared = open();
        KeySetTokenRepository reader = reader(shared);
        Set<String> plain = new TreeSet<>();
        for (int round = 0; round < 30; round++) {
            String key = "order ä " + round;
            assertThat(shared.add(key)).isTrue();
            assertThat(reader.add(key)).isFalse();
            plain.add(key);
            KeySetRounds.advance(reader);
            assertThat(reader.contains(key)).isTrue();
            if (round % 3 == 0) {
                reader.remove(key);
                plain.remove(key);
            }
        }
        assertThat(keys().stream().filter(key -> !key.startsWith("dataverse-changes:")))
                .containsExactlyInAnyOrderElementsOf(plain);
    }

    @Test
    void subscriptionsDoNotMeet() {
        KeySetTokenRepository reader = reader();
        SubscriptionId other = new SubscriptionId("https://a", "t", "d2");
        KeySetRounds.advance(reader);
        assertThat(reader.load(other)).isEmpty();
        reader.advance(other, 0, SampleCheckpoints.revision(9));
        KeySetRounds.advance(reader);
        KeySetRounds.assertStored(reader().load(SHORT), 2);
        assertThat(reader().load(other).orElseThrow().checkpoint().revision()).isEqualTo(9);
    }

    @Test
    void clearingTheRepositoryMakesTheTokenAMissingOne() {
        KeySetTokenRepository reader = reader();
        KeySetRounds.advance(reader);
        KeySetRounds.advance(reader);
        reader.clear();
        assertThat(reader.load(SHORT)).isEmpty();
        KeySetRounds.advance(reader);
        KeySetRounds.assertStored(reader().load(SHORT), 1);
    }

    @Test
    @ProvesFault("R3")
    void aTokenThatLacksAnyOfItsKeysIsRefusedUntilItIsReplaced() {
        KeySetTokenRepository reader = reader();
        KeySetRounds.advance(reader);
        KeySetRounds.advance(reader);
        IdempotentRepository keys = open();
        List<String> symbols = keys().stream().filter(key -> key.contains("=")).toList();
        for (String symbol : symbols) {
            keys.remove(symbol);
            assertThatThrownBy(() -> reader().load(SHORT))
                    .as("%s", symbol)
                    .isInstanceOf(TokenUnreadableException.class)
                    .hasMessageStartingWith("The stored token of t/d at https://a in keys of the ");
            keys.add(symbol);
        }
        KeySetRounds.assertStored(reader().load(SHORT), 2);
        keys.remove(symbols.get(3));
        Checkpoint anew = Checkpoint.afterLoss(1_000, SampleCheckpoints.NOW, "any");
        reader().replace(SHORT, anew);
        assertThat(reader().load(SHORT)).contains(new StoredToken(anew, Map.of()));
        assertThat(reader.load(SHORT))
                .as("at a revision that is beyond the one it stood at")
                .contains(new StoredToken(anew.takenOver().takenOver(), Map.of()));
    }

    @Test
    @ProvesFault("R3")
    void aTokenWithoutAnyCompleteNumberIsRefusedAndNotTakenForAFirstStart() {
        KeySetRounds.advance(reader());
        IdempotentRepository keys = open();
        keys().stream().filter(key -> !key.endsWith(":stored.")).toList().forEach(keys::remove);
        assertThatThrownBy(() -> reader().load(SHORT))
                .isInstanceOf(TokenUnreadableException.class)
                .hasMessageContaining("has lost keys: a token was stored, and none is complete");
        reader().replace(SHORT, KeySetRounds.first());
        KeySetRounds.assertStored(reader().load(SHORT), 1);
    }

    @Test
    @ProvesFault("R3")
    void aTokenThatWasReplacedAfterAnyKeyGotLostIsTheTokenForGood() {
        for (int rounds : new int[] {1, 13}) {
            int kinds = 0;
            while (replacedAfterALoss(rounds, kinds)) {
                kinds++;
            }
            assertThat(kinds).as("keys that are no symbols").isGreaterThan(1);
        }
    }

    /** Whether there was such a key. */
    private boolean replacedAfterALoss(int rounds, int which) {
        open().clear();
        KeySetTokenRepository reader = reader();
        for (int round = 0; round < rounds; round++) {
            KeySetRounds.advance(reader);
        }
        List<String> others = keys().stream()
                .filter(key -> !key.contains("=") && !key.endsWith(":stored."))
                .sorted()
                .toList();
        if (which == others.size()) {
            return false;
        }
        open().remove(others.get(which));
        assertThatThrownBy(() -> reader().load(SHORT))
                .as("without %s", others.get(which))
                .isInstanceOf(TokenUnreadableException.class);
        assertIsTheTokenForGood(Checkpoint.afterLoss(1_000, SampleCheckpoints.NOW, KeySetRounds.FINGERPRINT));
        return true;
    }

    private void assertIsTheTokenForGood(Checkpoint anew) {
        KeySetTokenRepository reader = reader();
        reader.replace(SHORT, anew);
        assertThat(reader().load(SHORT)).contains(new StoredToken(anew, Map.of()));
        for (long round = 1; round < 20; round++) {
            assertThat(KeySetRounds.advance(reader)).isEqualTo(anew.round() + round);
        }
        KeySetRounds.assertStored(reader().load(SHORT), anew.round() + 19);
    }

    @Test
    @ProvesFault({"R5", "R12"})
    void aRepositoryThatFailsOnceAtAnyStepLeavesTheOldOrTheNewToken() {
        failAtEveryStep(false, false);
    }

    @Test
    @ProvesFault({"R5", "C7"})
    void aRepositoryWhoseAnswerGetsLostAtAnyStepLeavesTheOldOrTheNewToken() {
        failAtEveryStep(true, false);
    }

    @Test
    @ProvesFault({"R5", "R12"})
    void aRepositoryThatFailsFromAnyStepOnLeavesTheOldOrTheNewToken() {
        failAtEveryStep(false, true);
    }

    private void failAtEveryStep(boolean done, boolean forEver) {
        int step = 1;
        while (fails(step, done, forEver)) {
            step += stride();
        }
        assertThat(step).as("steps of two rounds").isGreaterThan(150);
    }

    /** Two rounds on a repository that fails; whether it came to that. */
    private boolean fails(int step, boolean done, boolean forEver) {
        open().clear();
        SteppedIdempotentRepository.Failing failing =
                new SteppedIdempotentRepository.Failing(step, forEver ? Integer.MAX_VALUE : step, done);
        KeySetTokenRepository reader = reader(steps(failing));
        long told = 0;
        try {
            told = KeySetRounds.advance(reader);
            told = KeySetRounds.advance(reader);
        } catch (TokenStoreException | TokenConflictException e) {
            assertThat(failing.cameToIt()).as("%s", e).isTrue();
        }
        boolean came = failing.cameToIt();
        failing.heal();
        if (forEver) {
            restart();
            reader = reader();
        }
        assertGoesOn(reader, told);
        return came;
    }

    private void assertGoesOn(KeySetTokenRepository reader, long told) {
        KeySetRounds.assertStored(reader.load(SHORT), told, told + 1);
        long round = KeySetRounds.advance(reader);
        KeySetRounds.assertStored(reader().load(SHORT), round);
        assertThat(keys().stream()
                        .filter(key -> key.contains("="))
                        .map(key -> key.split(":")[2])
                        .distinct())
                .as("nothing of the failure is left")
                .hasSize(1);
    }
}
