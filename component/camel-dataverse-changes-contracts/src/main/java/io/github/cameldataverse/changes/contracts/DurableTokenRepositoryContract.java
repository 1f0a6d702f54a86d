package io.github.cameldataverse.changes.contracts;

import static io.github.cameldataverse.changes.contracts.ContractCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.TokenCodec;
import io.github.cameldataverse.changes.token.TokenUnreadableException;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What a repository does in addition whose tokens outlive the process: they survive a restart, what is altered in the
 * store is refused, and nothing grows. It stores the text of {@link TokenCodec}, which the tests alter in the store. The
 * tests write some ten thousand pages.
 */
public abstract class DurableTokenRepositoryContract extends DeltaTokenRepositoryContract {

    /** Abandons the repository under test as a crash does, and starts another on the same store. */
    protected abstract void restart();

    /** The stored text of the checkpoint of {@link ContractCheckpoints#ACCOUNTS}, as it stands in the store. */
    protected abstract String storedText();

    /** Puts another text in its place, behind the back of the repository. */
    protected abstract void storeText(String text);

    /** Bytes or rows that the store holds in all. */
    protected abstract long size();

    @Test
    void checkpointDeliveriesAndPlainKeysSurviveARestart() {
        advanceTo(3);
        repository().delivered(ACCOUNTS, 3, "id-1", "1");
        repository().delivered(ACCOUNTS, 3, "id-1", "deleted");
        repository().delivered(ACCOUNTS, 3, "id-2", "2");
        repository().add("a");
        repository().add("b");
        repository().remove("a");
        restart();
        assertThat(repository().load(ACCOUNTS))
                .contains(new StoredToken(ContractCheckpoints.revision(3), Map.of("id-1", "deleted", "id-2", "2")));
        assertThat(repository().contains("a")).isFalse();
        assertThat(repository().contains("b")).isTrue();
    }

    @Test
    void carriedNotesSurviveARestart() {
        advanceTo(2);
        repository().delivered(ACCOUNTS, 2, "id-1", "1");
        repository().advance(ACCOUNTS, 2, ContractCheckpoints.revision(3), Map.of("id-1", "1", "id-2", "2"));
        restart();
        repository().delivered(ACCOUNTS, 3, "id-3", "3");
        restart();
        assertThat(delivered()).isEqualTo(Map.of("id-1", "1", "id-2", "2", "id-3", "3"));
        repository().advance(ACCOUNTS, 3, ContractCheckpoints.revision(4), Map.of("id-3", "3"));
        restart();
        assertThat(repository().load(ACCOUNTS))
                .contains(new StoredToken(ContractCheckpoints.revision(4), Map.of("id-3", "3")));
    }

    @Test
    void deliveriesGoOnAfterARestartWithoutALoad() {
        advanceTo(2);
        repository().delivered(ACCOUNTS, 2, "id-1", "1");
        restart();
        repository().delivered(ACCOUNTS, 2, "id-2", "2");
        assertThat(delivered()).isEqualTo(Map.of("id-1", "1", "id-2", "2"));
        restart();
        repository().advance(ACCOUNTS, 2, ContractCheckpoints.revision(3));
        assertThat(repository().load(ACCOUNTS)).contains(new StoredToken(ContractCheckpoints.revision(3), Map.of()));
    }

    @Test
    @ProvesFault("R3")
    void everyTruncationOfTheStoredTextIsRefusedByLoadAndAdvance() {
        advanceTo(2);
        String text = storedText();
        for (int length = 0; length < text.length(); length++) {
            storeText(text.substring(0, length));
            assertUnreadable();
        }
        storeText(text);
        assertThat(checkpoint()).isEqualTo(ContractCheckpoints.revision(2));
    }

    @Test
    @ProvesFault("R3")
    void everyFlippedBitOfTheStoredTextIsRefusedByLoadAndAdvance() {
        advanceTo(2);
        String text = storedText();
        for (int at = 0; at < text.length(); at++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                StringBuilder altered = new StringBuilder(text);
                altered.setCharAt(at, (char) (text.charAt(at) ^ 1 << bit));
                if (canBeStored(altered.charAt(at))) {
                    storeText(altered.toString());
                    assertUnreadable();
                }
            }
        }
        storeText(text);
        assertThat(checkpoint()).isEqualTo(ContractCheckpoints.revision(2));
    }

    /** Whether the store takes this character in a text; all of them unless a test says otherwise. */
    protected boolean canBeStored(char character) {
        return true;
    }

    @Test
    @ProvesFault("R3")
    void theTokenOfAnotherSubscriptionIsRefused() {
        advanceTo(2);
        storeText(TokenCodec.encode(
                ContractCheckpoints.subscription("contact", "default"), ContractCheckpoints.revision(2)));
        assertUnreadable();
        assertThatThrownBy(() -> repository().load(ACCOUNTS)).hasMessageContaining("contact/default");
    }

    @Test
    void anUnreadableTokenIsNotDeliveredTo() {
        advanceTo(2);
        storeText(storedText().substring(1));
        restart();
        assertThatThrownBy(() -> repository().delivered(ACCOUNTS, 2, "id-1", "1"))
                .isInstanceOf(TokenUnreadableException.class);
    }

    @Test
    void replaceHealsAnUnreadableToken() {
        advanceTo(2);
        repository().delivered(ACCOUNTS, 2, "id-1", "1");
        storeText("rubbish");
        assertUnreadable();
        repository().replace(ACCOUNTS, ContractCheckpoints.revision(2));
        assertThat(repository().load(ACCOUNTS)).contains(new StoredToken(ContractCheckpoints.revision(2), Map.of()));
        restart();
        assertThat(repository().load(ACCOUNTS)).contains(new StoredToken(ContractCheckpoints.revision(2), Map.of()));
    }

    /** Called before thousands of pages, of which none has to survive: a store may be told to wait for no disk. */
    protected void expectManyPages() {}

    @Test
    void nothingGrowsOverTenThousandPages() {
        expectManyPages();
        pages(1, 20);
        long before = size();
        pages(20, 10_000);
        assertThat(size()).isCloseTo(before, within(40L));
    }

    @Test
    void nothingGrowsWhileEveryPageCarriesItsNotesToTheNext() {
        expectManyPages();
        pages(1, 20);
        long before = size();
        for (long revision = 20; revision < 500; revision++) {
            repository().advance(ACCOUNTS, revision - 1, ContractCheckpoints.revision(revision), Map.of("id", "1"));
            repository().delivered(ACCOUNTS, revision, "id-2", "W/\"2\"");
        }
        assertThat(size()).isLessThan(before + 400);
        repository().advance(ACCOUNTS, 499, ContractCheckpoints.revision(500));
        assertThat(size()).isCloseTo(before, within(40L));
    }

    private void pages(long from, long to) {
        for (long revision = from; revision < to; revision++) {
            repository().advance(ACCOUNTS, revision - 1, ContractCheckpoints.revision(revision));
            repository().delivered(ACCOUNTS, revision, "id-1", "W/\"1\"");
            repository().delivered(ACCOUNTS, revision, "id-2", "W/\"2\"");
        }
        repository().advance(ACCOUNTS, to - 1, ContractCheckpoints.revision(to));
        repository().replace(ACCOUNTS, ContractCheckpoints.revision(to - 1));
    }

    @Test
    void plainKeysThatComeAndGoLeaveNothingBehind() {
        advanceTo(1);
        long before = size();
        for (int i = 0; i < 10_000; i++) {
            repository().add("key " + i);
            repository().remove("key " + i);
        }
        assertThat(size()).isLessThan(before + 50_000);
        repository().clear();
        assertThat(size()).isLessThanOrEqualTo(before);
    }

    private void assertUnreadable() {
        assertRefused(repository -> repository.load(ACCOUNTS));
        assertRefused(repository -> repository.advance(ACCOUNTS, 2, ContractCheckpoints.revision(3)));
        assertRefused(repository -> repository.advance(ACCOUNTS, 0, ContractCheckpoints.revision(1)));
    }

    private void assertRefused(Consumer<DeltaTokenRepository> action) {
        String before = storedText();
        assertThatThrownBy(() -> action.accept(repository()))
                .isInstanceOf(TokenUnreadableException.class)
                .hasMessageStartingWith("The stored token of account/default at https://contoso.crm4.dynamics.com in ")
                .hasMessageEndingWith("It is left as it is; restore it from a backup, or ask for a resync.");
        assertThat(storedText()).isEqualTo(before);
    }
}
