package io.github.cameldataverse.changes.contracts;

import static io.github.cameldataverse.changes.contracts.ContractCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.TokenConflictException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * What the {@link KnownIds} of every repository do, wherever it keeps them. Each test expects a repository of which nothing
 * was used before, whose known ids outlive a restart.
 */
public abstract class KnownIdsContract {

    private static final String GUID = "6bd5aff1-62f0-ef11-be20-000d3ab1c2d3";
    private static final String OTHER = "00000000-0000-0000-0000-000000000000";
    private static final String TEXT = "no guid: ~\\'\";%_";

    /** The repository under test, started; the same one until the test ends or restarts it. */
    protected abstract DeltaTokenRepository repository();

    /** Abandons the repository under test as a crash does, and starts another on the same store. */
    protected abstract void restart();

    @Test
    void nothingIsKeptUntilItBegins() {
        assertThat(known().isKept()).isFalse();
        assertThat(known().begin()).isTrue();
        assertThat(known().isKept()).isTrue();
        assertThat(known().begin()).isFalse();
        assertThat(known().tally(1)).isEqualTo(new KnownIds.Tally(0, 0, 0));
        assertThat(known().olderThan(1000, "", 10)).isEmpty();
    }

    @Test
    void anIdMovesToLaterRoundsAndNeverBack() {
        known().begin();
        known().expect(0, 3, List.of(GUID, TEXT, GUID));
        assertThat(older(3)).isEmpty();
        assertThat(older(4)).containsExactlyInAnyOrder(GUID, TEXT);
        known().expect(0, 7, List.of(GUID));
        known().expect(0, 5, List.of(GUID));
        assertThat(older(7)).containsExactly(TEXT);
        assertThat(known().tally(7)).isEqualTo(new KnownIds.Tally(2, 1, 7));
    }

    @Test
    void theRoundsOfThoseThatAreKnownAreTold() {
        known().begin();
        List<String> ids = ids(450);
        known().expect(0, 3, ids);
        known().expect(0, 4, List.of(ids.get(7), TEXT));
        assertThat(known().rounds(List.of(ids.get(0), ids.get(7), TEXT, GUID, "never there")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(ids.get(0), 3L, ids.get(7), 4L, TEXT, 4L));
        assertThat(known().rounds(ids)).hasSize(450);
        assertThat(known().rounds(List.of())).isEmpty();
        assertThat(known().forget(0, ids.get(0), 4)).isTrue();
        restart();
        assertThat(known().rounds(ids)).hasSize(449).doesNotContainKey(ids.get(0));
    }

    @Test
    void chunksTellEveryOlderIdOnceAlsoWhenEachIsForgottenAtOnce() {
        known().begin();
        List<String> ids = ids(2_345);
        known().expect(0, 1, ids);
        known().expect(0, 2, ids.subList(0, 1_000));
        assertThat(older(2)).hasSize(1_345).containsExactlyInAnyOrderElementsOf(ids.subList(1_000, 2_345));

        List<String> forgotten = new ArrayList<>();
        List<String> chunk = known().olderThan(2, "", 100);
        while (!chunk.isEmpty()) {
            assertThat(chunk).allMatch(id -> known().forget(0, id, 2));
            forgotten.addAll(chunk);
            chunk = known().olderThan(2, chunk.get(chunk.size() - 1), 100);
        }
        assertThat(forgotten).hasSize(1_345).doesNotHaveDuplicates();
        assertThat(known().tally(2)).isEqualTo(new KnownIds.Tally(1_000, 0, 2));
    }

    @Test
    void whatCameAgainIsNotForgotten() {
        known().begin();
        known().expect(0, 1, List.of(GUID, TEXT));
        known().expect(0, 2, List.of(GUID, TEXT));
        assertThat(known().forget(0, GUID, 2)).isFalse();
        assertThat(known().forget(0, TEXT, 2)).isFalse();
        assertThat(known().forget(0, OTHER, 2)).isFalse();
        assertThat(known().forget(0, "never there", 2)).isFalse();
        assertThat(known().tally(3).older()).isEqualTo(2);
        assertThat(known().forget(0, GUID, 3)).isTrue();
        assertThat(known().forget(0, TEXT, 3)).isTrue();
        assertThat(known().forget(0, GUID, 3)).isFalse();
        assertThat(known().tally(3)).isEqualTo(new KnownIds.Tally(0, 0, 2));
        known().expect(0, 3, List.of(GUID, TEXT));
        assertThat(older(4)).containsExactlyInAnyOrder(GUID, TEXT);
    }

    @Test
    void whatIsGoneIsTakenOutIfTheCheckpointMovesAndOnlyThen() {
        known().begin();
        repository().advance(ACCOUNTS, 0, ContractCheckpoints.revision(1));
        known().expect(1, 1, List.of(GUID, OTHER, TEXT));
        assertThatThrownBy(() -> known().advance(7, ContractCheckpoints.revision(8), List.of(GUID), Map.of("id", "1")))
                .isInstanceOf(TokenConflictException.class);
        assertThat(known().tally(9).ids()).isEqualTo(3);
        known().advance(1, ContractCheckpoints.revision(2), List.of(GUID, TEXT, "never there"), Map.of("id", "1"));
        assertThat(older(9)).containsExactly(OTHER);
        assertThat(repository().load(ACCOUNTS))
                .contains(new StoredToken(ContractCheckpoints.revision(2), Map.of("id", "1")));
        known().advance(2, ContractCheckpoints.revision(3), List.of(), Map.of());
        assertThat(repository().load(ACCOUNTS)).contains(new StoredToken(ContractCheckpoints.revision(3), Map.of()));
        assertThat(older(9)).containsExactly(OTHER);
    }

    @Test
    void aLoadThatIsBegunAnewMakesWhatItHadOfferedOlderAgain() {
        known().begin();
        repository().advance(ACCOUNTS, 0, ContractCheckpoints.revision(1));
        known().expectAnew(1, 1, List.of(GUID, TEXT, OTHER));
        known().expectAnew(1, 1, List.of(OTHER));
        assertThat(older(1)).containsExactlyInAnyOrder(GUID, TEXT);
        known().expect(1, 3, List.of(GUID));
        known().expectAnew(1, 1, List.of());
        assertThat(older(1)).containsExactlyInAnyOrder(OTHER, TEXT);
        assertThat(older(3)).as("later rounds stay").doesNotContain(GUID);
        restart();
        assertThat(older(1)).containsExactlyInAnyOrder(OTHER, TEXT);
        assertThat(known().tally(1)).isEqualTo(new KnownIds.Tally(3, 2, 3));
    }

    @Test
    void aReaderThatWasOvertakenWritesNothing() {
        known().begin();
        repository().advance(ACCOUNTS, 0, ContractCheckpoints.revision(1));
        known().expect(1, 1, List.of(GUID, TEXT));
        repository().takeOver(ACCOUNTS, 1, ContractCheckpoints.revision(1).takenOver());
        known().expectAnew(2, 5, List.of(OTHER));
        for (long revision : List.of(0, 1, 3)) {
            assertRefused(() -> known().expect(revision, 5, List.of(GUID, "of the other one")));
            assertRefused(() -> known().expectAnew(revision, 5, List.of(TEXT)));
            assertRefused(() -> known().forget(revision, GUID, 5));
        }
        Map<String, Long> rounds = Map.of(GUID, 1L, TEXT, 1L, OTHER, 5L);
        assertThat(known().rounds(List.of(GUID, TEXT, OTHER, "of the other one")))
                .isEqualTo(rounds);
        restart();
        assertThat(known().rounds(List.of(GUID, TEXT, OTHER, "of the other one")))
                .isEqualTo(rounds);
    }

    private static void assertRefused(ThrowingCallable write) {
        assertThatThrownBy(write).isInstanceOf(TokenConflictException.class);
    }

    @Test
    void nothingOfAReaderThatIsOvertakenComesBehindTheTakeOver() throws Exception {
        known().begin();
        Checkpoint here = ContractCheckpoints.revision(1);
        repository().advance(ACCOUNTS, 0, here);
        for (int i = 0; i < 100; i++) {
            Checkpoint at = here;
            List<String> page = List.of("a" + i, "b" + i, new UUID(i, i).toString());
            CompletableFuture<Void> overtaken =
                    CompletableFuture.runAsync(() -> known().expect(at.revision(), 1, page));
            here = repository()
                    .takeOver(ACCOUNTS, at.revision(), at.takenOver())
                    .checkpoint();
            Map<String, Long> then = known().rounds(page);
            assertThat(overtaken.handle((done, refused) -> refused == null).get())
                    .as("told of page %s", i)
                    .isEqualTo(then.size() == page.size());
            assertThat(known().rounds(page)).isEqualTo(then);
        }
    }

    @Test
    void theNewestRoundStaysWhenItsIdsGo() {
        known().begin();
        known().expect(0, 41, List.of(GUID));
        known().forget(0, GUID, 42);
        known().expect(0, 40, List.of());
        assertThat(known().tally(1)).isEqualTo(new KnownIds.Tally(0, 0, 41));
        known().expect(0, 43, List.of());
        assertThat(known().tally(1)).isEqualTo(new KnownIds.Tally(0, 0, 43));
    }

    @Test
    void everythingIsThereAfterARestart() {
        known().begin();
        repository().advance(ACCOUNTS, 0, ContractCheckpoints.revision(1));
        known().expect(1, 1, List.of(GUID, OTHER, TEXT));
        known().expect(1, 5, List.of(OTHER));
        known().forget(1, TEXT, 5);
        restart();
        assertThat(known().isKept()).isTrue();
        assertThat(known().begin()).isFalse();
        assertThat(older(5)).containsExactly(GUID);
        known().advance(1, ContractCheckpoints.revision(2), List.of(GUID), Map.of());
        known().expect(2, 6, List.of(TEXT));
        restart();
        assertThat(older(7)).containsExactlyInAnyOrder(OTHER, TEXT);
        assertThat(older(6)).containsExactly(OTHER);
    }

    @Test
    void aStopAndStartOfTheServiceChangesNothing() {
        KnownIds before = known();
        before.begin();
        before.expect(0, 1, List.of(GUID));
        repository().stop();
        repository().start();
        known().expect(0, 1, List.of(TEXT));
        assertThat(older(2)).containsExactlyInAnyOrder(GUID, TEXT);
    }

    @Test
    void aTokenThatGoesOrIsReplacedLeavesTheKnownIds() {
        known().begin();
        known().expect(0, 1, List.of(GUID));
        repository().replace(ACCOUNTS, ContractCheckpoints.revision(5));
        repository().clear();
        assertThat(older(2)).containsExactly(GUID);
    }

    @Test
    void subscriptionsDoNotMeet() {
        KnownIds contacts = repository()
                .knownIds(ContractCheckpoints.subscription("contact", "default"))
                .orElseThrow();
        known().begin();
        assertThat(contacts.isKept()).isFalse();
        contacts.begin();
        contacts.expect(0, 1, List.of(GUID));
        known().expect(0, 4, List.of(GUID, OTHER));
        known().forget(0, GUID, 9);
        assertThat(contacts.olderThan(2, "", 10)).containsExactly(GUID);
        assertThat(older(9)).containsExactly(OTHER);
    }

    @Test
    void anIdThatCouldNotBeReadBackIsRefused() {
        known().begin();
        for (String bad : List.of("", "x".repeat(501), "a\nb", "ü")) {
            assertThatThrownBy(() -> known().expect(0, 1, List.of(GUID, bad)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("id of a record must be 1 to 500 printable ASCII characters");
        }
        assertThat(known().tally(2).ids()).isZero();
        known().expect(0, 1, List.of("x".repeat(500), GUID.toUpperCase()));
        assertThat(older(2)).containsExactlyInAnyOrder("x".repeat(500), GUID.toUpperCase());
    }

    /** The known ids of {@link ContractCheckpoints#ACCOUNTS}. */
    protected KnownIds known() {
        return repository().knownIds(ACCOUNTS).orElseThrow();
    }

    /** All older ids, asked for in chunks of three. */
    private List<String> older(long round) {
        List<String> all = new ArrayList<>();
        List<String> chunk = known().olderThan(round, "", 3);
        while (!chunk.isEmpty()) {
            all.addAll(chunk);
            chunk = known().olderThan(round, chunk.get(chunk.size() - 1), 3);
        }
        assertThat(new TreeSet<>(all)).hasSize(all.size());
        return all;
    }

    /** So many ids, most of them GUIDs, in no order; the same ones each time. */
    protected static List<String> ids(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(i % 50 == 49 ? "text " + i : new UUID(i * 0x5DEECE66DL, i).toString());
        }
        Collections.shuffle(ids, new java.util.Random(1));
        return ids;
    }
}
