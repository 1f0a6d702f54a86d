package io.github.cameldataverse.changes.contracts;

import static io.github.cameldataverse.changes.contracts.ContractCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.token.CallerTransaction;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenConflictException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every {@link DeltaTokenRepository} does, wherever it keeps the tokens. A test of a repository extends this class,
 * or {@link DurableTokenRepositoryContract} if the tokens outlive the process, and gives the repository: JUnit runs the
 * tests of this class with those of the test.
 *
 * <p>Each test expects a repository of which nothing was used before: an empty store, or tables, keys or files of its own.
 * The tests use several threads and take some seconds.
 */
public abstract class DeltaTokenRepositoryContract {

    private static final int RACES = 40;
    private static final int RACERS = 6;

    /** The repository under test, started; the same one until the test ends or restarts it. */
    protected abstract DeltaTokenRepository repository();

    @Test
    void nothingIsStoredAtFirst() {
        assertThat(repository().load(ACCOUNTS)).isEmpty();
    }

    @Test
    void whatWasAdvancedIsLoaded() {
        Checkpoint checkpoint = advanceTo(3);
        assertThat(repository().load(ACCOUNTS)).contains(new StoredToken(checkpoint, Map.of()));
    }

    @Test
    void aFirstCheckpointHasNoLinksYet() {
        repository().advance(ACCOUNTS, 0, ContractCheckpoints.first());
        assertThat(checkpoint()).isEqualTo(ContractCheckpoints.first());
    }

    @Test
    void aLinkOfFortyThousandCharactersIsKept() {
        String link = ContractCheckpoints.LINK + "x".repeat(40_000) + "ü\u0000\t%20 ";
        repository().advance(ACCOUNTS, 0, ContractCheckpoints.first().nextPage(link, 5000));
        assertThat(checkpoint().pageLink()).isEqualTo(link);
    }

    @Test
    void theOrganizationOfACheckpointIsKept() {
        Checkpoint moved = ContractCheckpoints.ofOrganization(3);
        advanceTo(2);
        repository().advance(ACCOUNTS, 2, moved);
        assertThat(checkpoint()).isEqualTo(moved);
        assertThat(checkpoint().organization()).isEqualTo(ContractCheckpoints.ORGANIZATION);
        repository().takeOver(ACCOUNTS, 3, moved.takenOver());
        assertThat(checkpoint()).isEqualTo(moved.takenOver());
        repository().replace(ACCOUNTS, moved);
        assertThat(checkpoint()).isEqualTo(moved);
    }

    @Test
    void whatAnAddressRemembersIsKeptAndTakesThePlaceOfACheckpoint() {
        repository().advance(ACCOUNTS, 0, ContractCheckpoints.first());
        repository().delivered(ACCOUNTS, 1, "id-1", "deleted");
        Checkpoint moved = Checkpoint.moved(2, ContractCheckpoints.ORGANIZATION);
        repository().advance(ACCOUNTS, 1, moved);
        assertThat(repository().load(ACCOUNTS)).contains(new StoredToken(moved, Map.of()));
        assertThat(checkpoint().isMoved()).isTrue();
    }

    @Test
    void theDeliveredMapSaysWhatWasLastDeliveredOfARecord() {
        advanceTo(1);
        List<Map<String, String>> seen = new ArrayList<>();
        for (String what : List.of("W/\"41\"", "deleted", "W/\"42\"", "deleted")) {
            repository().delivered(ACCOUNTS, 1, "id-1", what);
            seen.add(delivered());
        }
        assertThat(seen)
                .as("deleted, restored and deleted again: each differs from the one before it")
                .containsExactly(
                        Map.of("id-1", "W/\"41\""),
                        Map.of("id-1", "deleted"),
                        Map.of("id-1", "W/\"42\""),
                        Map.of("id-1", "deleted"));
    }

    @Test
    void changesThatAreDeliveredTogetherAreNotedAsOneAfterTheOther() {
        advanceTo(1);
        repository().delivered(ACCOUNTS, 1, "id-1", "1");
        Map<String, String> together = new HashMap<>(Map.of("id-1", "deleted"));
        for (int record = 2; record < 200; record++) {
            together.put("id-" + record, Integer.toString(record));
        }
        repository().delivered(ACCOUNTS, 1, together);
        assertThat(delivered()).isEqualTo(together);
        repository().delivered(ACCOUNTS, 1, Map.of());
        repository().delivered(ACCOUNTS, 1, Map.of("id-1", "3"));
        together.put("id-1", "3");
        assertThat(delivered()).isEqualTo(together);
        repository().advance(ACCOUNTS, 1, ContractCheckpoints.revision(2));
        assertThat(delivered()).isEmpty();
    }

    @Test
    void nothingIsNotedOfChangesThatAreRefusedTogether() {
        assertThatThrownBy(() -> repository().delivered(ACCOUNTS, 1, Map.of("id-1", "1", "id-2", "2")))
                .isInstanceOf(IllegalStateException.class);
        advanceTo(2);
        assertThatThrownBy(() -> repository().delivered(ACCOUNTS, 1, Map.of("id-1", "1", "id-2", "2")))
                .isInstanceOf(TokenConflictException.class);
        assertThatThrownBy(() -> repository().delivered(ACCOUNTS, 2, Map.of("id-1", "1", "id-2", "\u00e9")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(delivered()).isEmpty();
    }

    @Test
    void theDeliveredMapEmptiesWithTheAdvance() {
        advanceTo(1);
        repository().delivered(ACCOUNTS, 1, "id-1", "1");
        repository().delivered(ACCOUNTS, 1, "id-2", "2");
        assertThat(delivered()).containsExactlyInAnyOrderEntriesOf(Map.of("id-1", "1", "id-2", "2"));
        repository().advance(ACCOUNTS, 1, ContractCheckpoints.revision(2));
        assertThat(delivered()).isEmpty();
        repository().delivered(ACCOUNTS, 2, "id-3", "3");
        assertThat(delivered()).isEqualTo(Map.of("id-3", "3"));
    }

    @Test
    void notesThatAreCarriedStandInThePlaceOfThoseThatWereThere() {
        advanceTo(1);
        repository().delivered(ACCOUNTS, 1, "id-1", "1");
        repository().delivered(ACCOUNTS, 1, "id-2", "2");
        repository().advance(ACCOUNTS, 1, ContractCheckpoints.revision(2), Map.of("id-2", "2", "id-3", "3"));
        assertThat(repository().load(ACCOUNTS))
                .contains(new StoredToken(ContractCheckpoints.revision(2), Map.of("id-2", "2", "id-3", "3")));
        repository().delivered(ACCOUNTS, 2, "id-2", "4");
        repository().delivered(ACCOUNTS, 2, "id-4", "5");
        assertThat(delivered()).isEqualTo(Map.of("id-2", "4", "id-3", "3", "id-4", "5"));
        repository().advance(ACCOUNTS, 2, ContractCheckpoints.revision(3), Map.of("id-4", "5"));
        assertThat(delivered()).isEqualTo(Map.of("id-4", "5"));
        repository().advance(ACCOUNTS, 3, ContractCheckpoints.revision(4));
        assertThat(delivered()).isEmpty();
    }

    @Test
    void whoTakesOverKeepsWhatWasNotedBeforeAndRefusesWhatComesBehind() {
        advanceTo(1);
        repository().delivered(ACCOUNTS, 1, "id-1", "1");
        Optional<StoredToken> loaded = repository().load(ACCOUNTS);
        repository().delivered(ACCOUNTS, 1, "id-2", "2");
        StoredToken taken = repository().takeOver(ACCOUNTS, 1, ContractCheckpoints.revision(2));
        assertThat(loaded).contains(new StoredToken(ContractCheckpoints.revision(1), Map.of("id-1", "1")));
        assertThat(taken).isEqualTo(new StoredToken(ContractCheckpoints.revision(2), Map.of("id-1", "1", "id-2", "2")));
        assertThat(repository().load(ACCOUNTS)).contains(taken);
        assertThatThrownBy(() -> repository().delivered(ACCOUNTS, 1, "id-3", "3"))
                .isInstanceOf(TokenConflictException.class);
        assertThatThrownBy(() -> repository().takeOver(ACCOUNTS, 1, ContractCheckpoints.revision(3)))
                .isInstanceOf(TokenConflictException.class);
        assertThat(repository().load(ACCOUNTS)).contains(taken);
    }

    @Test
    void theFirstCheckpointMayCarryNotesToo() {
        repository().advance(ACCOUNTS, 0, ContractCheckpoints.first(), Map.of("id-1", "1"));
        assertThat(repository().load(ACCOUNTS))
                .contains(new StoredToken(ContractCheckpoints.first(), Map.of("id-1", "1")));
        repository().replace(ACCOUNTS, ContractCheckpoints.revision(2));
        assertThat(delivered()).isEmpty();
    }

    @Test
    void anAdvanceThatIsRefusedCarriesNothing() {
        advanceTo(5);
        repository().delivered(ACCOUNTS, 5, "id-1", "1");
        for (long expected : new long[] {0, 4, 6}) {
            assertThatThrownBy(() ->
                            repository().advance(ACCOUNTS, expected, ContractCheckpoints.revision(7), Map.of("a", "b")))
                    .isInstanceOf(TokenConflictException.class);
        }
        for (Map<String, String> bad : List.of(Map.of("a", ""), Map.of("", "b"), Map.of("ok", "ok", "a\nb", "c"))) {
            assertThatThrownBy(() -> repository().advance(ACCOUNTS, 5, ContractCheckpoints.revision(6), bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must be 1 to 500 printable ASCII characters");
        }
        assertThat(repository().load(ACCOUNTS))
                .contains(new StoredToken(ContractCheckpoints.revision(5), Map.of("id-1", "1")));
        repository().advance(ACCOUNTS, 5, ContractCheckpoints.revision(6));
        repository().advance(ACCOUNTS, 6, ContractCheckpoints.revision(7));
        assertThat(delivered()).as("what a refused advance would have carried").isEmpty();
    }

    @Test
    @ProvesFault("X2")
    void aConflictLeavesEverythingUnchangedAndSaysWhereTheTokenStands() {
        advanceTo(5);
        repository().delivered(ACCOUNTS, 5, "id-1", "1");
        for (long expected : new long[] {0, 1, 4, 6, 1000}) {
            assertThatThrownBy(() -> repository().advance(ACCOUNTS, expected, ContractCheckpoints.revision(2000)))
                    .isInstanceOf(TokenConflictException.class)
                    .hasMessageContaining("account/default at https://contoso.crm4.dynamics.com")
                    .hasMessageContaining(
                            "stands at revision 5, not at " + (expected == 0 ? "no" : "revision " + expected));
        }
        assertThat(repository().load(ACCOUNTS))
                .contains(new StoredToken(ContractCheckpoints.revision(5), Map.of("id-1", "1")));
    }

    @Test
    void aRevisionIsNotExpectedOfASubscriptionThatHasNone() {
        assertThatThrownBy(() -> repository().advance(ACCOUNTS, 4, ContractCheckpoints.revision(5)))
                .isInstanceOf(TokenConflictException.class)
                .hasMessageContaining("stands at no revision, not at revision 4");
        assertThat(repository().load(ACCOUNTS)).isEmpty();
    }

    @Test
    void theNextRevisionMustBeHigher() {
        advanceTo(5);
        assertThatThrownBy(() -> repository().advance(ACCOUNTS, 5, ContractCheckpoints.revision(5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must have a higher revision, not 5");
        assertThat(checkpoint()).isEqualTo(ContractCheckpoints.revision(5));
    }

    @Test
    @ProvesFault("X1")
    void ofManyRacersExactlyOneWinsEachRevision() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(RACERS);
        try {
            for (long revision = 0; revision < RACES; revision++) {
                assertOneWins(threads, revision);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(checkpoint().revision()).isEqualTo(RACES);
    }

    private void assertOneWins(ExecutorService threads, long revision) throws Exception {
        CyclicBarrier start = new CyclicBarrier(RACERS);
        List<Callable<Integer>> racers = new ArrayList<>();
        for (int racer = 0; racer < RACERS; racer++) {
            int rows = racer;
            racers.add(() -> {
                start.await();
                return advanced(
                                revision,
                                ContractCheckpoints.revision(revision + 1).nextPage("by " + rows, rows))
                        ? rows
                        : -1;
            });
        }
        List<Integer> winners = new ArrayList<>();
        for (Future<Integer> racer : threads.invokeAll(racers)) {
            winners.add(racer.get());
        }
        winners.removeIf(racer -> racer < 0);
        assertThat(winners).as("winners of revision %s", revision + 1).hasSize(1);
        assertThat(checkpoint().pageLink()).isEqualTo("by " + winners.get(0));
    }

    private boolean advanced(long revision, Checkpoint content) {
        try {
            repository().advance(ACCOUNTS, revision, withRevision(content, revision + 1));
            return true;
        } catch (TokenConflictException e) {
            return false;
        }
    }

    private static Checkpoint withRevision(Checkpoint content, long revision) {
        return new Checkpoint(
                revision,
                content.round(),
                content.phase(),
                content.roundLink(),
                content.pageLink(),
                content.pages(),
                content.rows(),
                content.obtained(),
                content.fingerprint());
    }

    @Test
    void replaceStoresWhateverStandsThereAndEmptiesTheDeliveredMap() {
        repository().replace(ACCOUNTS, ContractCheckpoints.revision(9));
        repository().delivered(ACCOUNTS, 9, "id-1", "1");
        repository().replace(ACCOUNTS, ContractCheckpoints.revision(9));
        assertThat(repository().load(ACCOUNTS)).contains(new StoredToken(ContractCheckpoints.revision(9), Map.of()));
        repository().advance(ACCOUNTS, 9, ContractCheckpoints.revision(10));
        assertThat(checkpoint()).isEqualTo(ContractCheckpoints.revision(10));
    }

    @Test
    void whatIsDeliveredBeforeAnyCheckpointIsRefused() {
        assertThatThrownBy(() -> repository().delivered(ACCOUNTS, 1, "id-1", "1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "No checkpoint of account/default at https://contoso.crm4.dynamics.com is stored");
    }

    @Test
    void aNoteOfAReaderThatStandsAtAnotherRevisionIsRefusedHoweverOftenTheTokenIsReadMeanwhile() {
        advanceTo(2);
        repository().delivered(ACCOUNTS, 2, "id-1", "1");
        repository().advance(ACCOUNTS, 2, ContractCheckpoints.revision(3));
        for (long revision : new long[] {1, 2, 4}) {
            assertThat(delivered()).isEmpty();
            assertThatThrownBy(() -> repository().delivered(ACCOUNTS, revision, "id-2", "2"))
                    .isInstanceOf(TokenConflictException.class)
                    .hasMessageContaining("stands at revision 3, not at revision " + revision);
        }
        repository().delivered(ACCOUNTS, 3, "id-3", "3");
        assertThat(delivered()).isEqualTo(Map.of("id-3", "3"));
        repository().replace(ACCOUNTS, ContractCheckpoints.revision(9));
        assertThatThrownBy(() -> repository().delivered(ACCOUNTS, 3, "id-4", "4"))
                .isInstanceOf(TokenConflictException.class);
        assertThat(delivered()).isEmpty();
    }

    @Test
    void idsAndVersionsThatCouldNotBeReadBackAreRefused() {
        advanceTo(1);
        for (String bad : List.of("", "x".repeat(501), "a\nb", "a\tb", "ü", "\u0000", "\u007f")) {
            assertThatThrownBy(() -> repository().delivered(ACCOUNTS, 1, bad, "1"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("id of a record must be 1 to 500 printable ASCII characters");
            assertThatThrownBy(() -> repository().delivered(ACCOUNTS, 1, "id-1", bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("version of a record");
        }
        String longest = " ~\\'\";--%" + "x".repeat(491);
        repository().delivered(ACCOUNTS, 1, longest, longest);
        assertThat(delivered()).isEqualTo(Map.of(longest, longest));
    }

    @Test
    void subscriptionsDoNotCollideHoweverAlikeTheirNamesAre() {
        List<SubscriptionId> alike = alike();
        for (int i = 0; i < alike.size(); i++) {
            repository().advance(alike.get(i), 0, ContractCheckpoints.revision(i + 1));
            repository().delivered(alike.get(i), i + 1, "id", "of " + i);
        }
        for (int i = 0; i < alike.size(); i++) {
            assertThat(repository().load(alike.get(i)))
                    .as("%s", alike.get(i))
                    .contains(new StoredToken(ContractCheckpoints.revision(i + 1), Map.of("id", "of " + i)));
        }
        repository().advance(alike.get(0), 1, ContractCheckpoints.revision(50));
        assertThat(repository().load(alike.get(1)).orElseThrow().delivered()).isEqualTo(Map.of("id", "of 1"));
    }

    private static List<SubscriptionId> alike() {
        List<SubscriptionId> alike = new ArrayList<>();
        for (String name : List.of(
                "default",
                "Default",
                "DEFAULT",
                "",
                " ",
                "default ",
                "a/b",
                "a\\b",
                "a:b",
                "a-b",
                "../a",
                "..",
                "CON",
                "ä",
                "a\u0308",
                "ö",
                "\ud800",
                "\udbff",
                "x".repeat(10_000),
                "x".repeat(9_999) + "y",
                "a\nb",
                "a\u0000b",
                "'; drop table x--",
                "%",
                "_")) {
            alike.add(ContractCheckpoints.subscription("account", name));
        }
        alike.add(ContractCheckpoints.subscription("accountd", "efault"));
        alike.add(ContractCheckpoints.subscription("account/default", ""));
        alike.add(new SubscriptionId("https://contoso.crm4.dynamics.com:444", "account", "default"));
        alike.add(new SubscriptionId("http://contoso.crm4.dynamics.com", "account", "default"));
        return alike;
    }

    @Test
    void plainKeysBehaveAsCamelExpects() {
        assertThat(repository().contains("a")).isFalse();
        assertThat(repository().add("a")).isTrue();
        assertThat(repository().add("a")).isFalse();
        assertThat(repository().contains("a")).isTrue();
        assertThat(repository().contains("A")).isFalse();
        assertThat(repository().confirm("a")).isTrue();
        assertThat(repository().remove("a")).isTrue();
        assertThat(repository().remove("a")).isFalse();
        assertThat(repository().contains("a")).isFalse();
        assertThat(repository().add("a")).isTrue();
        repository().clear();
        assertThat(repository().contains("a")).isFalse();
    }

    @Test
    void plainKeysMayBeAnyText() {
        List<String> odd = List.of(
                "",
                " ",
                "a\nb",
                "a",
                "b",
                "\u0000",
                "ä",
                "%",
                "+",
                "-",
                "x".repeat(20_000),
                "x".repeat(20_001),
                "sha256:1",
                "'; drop table x--");
        assertThat(odd).allMatch(key -> repository().add(key)).noneMatch(key -> repository()
                .add(key));
        assertThat(repository().remove("b")).isTrue();
        assertThat(odd).filteredOn(key -> repository().contains(key)).hasSize(odd.size() - 1);
    }

    @Test
    void tokensAndPlainKeysDoNotMeet() {
        advanceTo(2);
        repository().delivered(ACCOUNTS, 2, "id-1", "1");
        repository().add("id-1");
        repository().add(ACCOUNTS.toString());
        repository().clear();
        assertThat(repository().load(ACCOUNTS))
                .contains(new StoredToken(ContractCheckpoints.revision(2), Map.of("id-1", "1")));
        repository().add("kept");
        repository().remove("id-1");
        repository().advance(ACCOUNTS, 2, ContractCheckpoints.revision(3));
        repository().replace(ACCOUNTS, ContractCheckpoints.revision(4));
        assertThat(repository().contains("kept")).isTrue();
        assertThat(repository().contains("id-1")).isFalse();
    }

    @Test
    void aStopAndStartOfTheServiceKeepsTokensAndKeys() {
        advanceTo(2);
        repository().delivered(ACCOUNTS, 2, "id-1", "1");
        repository().add("key");
        for (int i = 0; i < 3; i++) {
            repository().stop();
            repository().start();
        }
        assertThat(repository().load(ACCOUNTS))
                .contains(new StoredToken(ContractCheckpoints.revision(2), Map.of("id-1", "1")));
        assertThat(repository().contains("key")).isTrue();
        repository().delivered(ACCOUNTS, 2, "id-2", "2");
        assertThat(delivered()).isEqualTo(Map.of("id-1", "1", "id-2", "2"));
    }

    @Test
    @ProvesFault("L3")
    void anInterruptedThreadStillStoresItsTokenAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        try {
            repository().stop();
            repository().start();
            repository().advance(ACCOUNTS, 0, ContractCheckpoints.revision(1));
            repository().delivered(ACCOUNTS, 1, "id-1", "1");
            repository().add("key");
            assertThat(delivered()).isEqualTo(Map.of("id-1", "1"));
            repository().advance(ACCOUNTS, 1, ContractCheckpoints.revision(2));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(checkpoint()).isEqualTo(ContractCheckpoints.revision(2));
        assertThatCode(() -> repository().delivered(ACCOUNTS, 2, "id-2", "2")).doesNotThrowAnyException();
    }

    @Test
    void outsideATransactionItSaysThatThereIsNone() {
        advanceTo(1);
        repository().delivered(ACCOUNTS, 1, "id-1", "1");
        assertThat(repository().transaction()).isEqualTo(new CallerTransaction.None());
    }

    @Test
    void itsNameTellsKindAndPlaceAndNoLink() {
        advanceTo(2);
        assertThat(repository().toString()).startsWith("delta tokens in ").doesNotContain("deltatoken=");
    }

    /** Advances {@link ContractCheckpoints#ACCOUNTS} page by page; gives the checkpoint of this revision. */
    protected Checkpoint advanceTo(long revision) {
        for (long next = 1; next <= revision; next++) {
            repository().advance(ACCOUNTS, next - 1, ContractCheckpoints.revision(next));
        }
        return ContractCheckpoints.revision(revision);
    }

    /** The checkpoint that is stored for {@link ContractCheckpoints#ACCOUNTS}. */
    protected Checkpoint checkpoint() {
        return token().map(StoredToken::checkpoint).orElseThrow();
    }

    /** What is stored as delivered for {@link ContractCheckpoints#ACCOUNTS}. */
    protected Map<String, String> delivered() {
        return token().map(StoredToken::delivered).orElseThrow();
    }

    private Optional<StoredToken> token() {
        return repository().load(ACCOUNTS);
    }
}
