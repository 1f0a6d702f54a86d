package io.github.cameldataverse.changes.token.file;

import static io.github.cameldataverse.changes.harness.SampleCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.internal.store.Disk;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.SubscriptionKey;
import io.github.cameldataverse.changes.token.TokenStoreException;
import io.github.cameldataverse.changes.token.TokenUnreadableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the files of the repository, and who may read and write them; the contract of all repositories is apart. */
class FileDeltaTokenRepositoryTest {

    @TempDir
    Path parent;

    private Path directory;
    private FileDeltaTokenRepository repository;

    @BeforeEach
    void start() {
        directory = parent.resolve("tokens");
        repository = new FileDeltaTokenRepository(directory);
        repository.start();
    }

    @AfterEach
    void stop() {
        repository.stop();
    }

    private void restart() {
        stop();
        start();
    }

    private void advanceTo(long revision) {
        for (long next = 1; next <= revision; next++) {
            advance(next - 1, next);
        }
    }

    private void advance(long from, long to) {
        repository.advance(ACCOUNTS, from, SampleCheckpoints.revision(to));
    }

    private Checkpoint checkpoint() {
        return repository.load(ACCOUNTS).orElseThrow().checkpoint();
    }

    private Map<String, String> delivered() {
        return repository.load(ACCOUNTS).orElseThrow().delivered();
    }

    private void assertUnreadable() {
        String before = text(file("token"));
        for (ThrowingCallable move :
                List.<ThrowingCallable>of(() -> repository.load(ACCOUNTS), () -> advance(2, 3), () -> advance(0, 1))) {
            assertThatThrownBy(move).isInstanceOf(TokenUnreadableException.class);
        }
        assertThat(text(file("token"))).isEqualTo(before);
    }

    @Test
    void aJournalTornAnywhereGivesTheDeliveriesBeforeTheTear() {
        advanceTo(2);
        for (int i = 0; i < 5; i++) {
            repository.delivered(ACCOUNTS, 2, "id-" + i, "W/\"" + i + "\"");
        }
        String journal = text(file("delivered"));
        for (int length = 0; length <= journal.length(); length++) {
            stop();
            write(file("delivered"), journal.substring(0, length));
            start();
            int whole = (int)
                    journal.substring(0, length).chars().filter(c -> c == '\n').count();
            assertThat(delivered()).as("%s characters", length).isEqualTo(first(whole));
            repository.delivered(ACCOUNTS, 2, "next", "1");
            assertThat(delivered())
                    .as("goes on after %s characters", length)
                    .hasSize(whole + 1)
                    .containsKey("next");
        }
    }

    private static Map<String, String> first(int count) {
        Map<String, String> deliveries = new HashMap<>();
        for (int i = 0; i < count; i++) {
            deliveries.put("id-" + i, "W/\"" + i + "\"");
        }
        return deliveries;
    }

    @Test
    void theHoleOfAPowerCutEndsTheJournal() {
        advanceTo(2);
        repository.delivered(ACCOUNTS, 2, "id-0", "W/\"0\"");
        String line = text(file("delivered"));
        write(file("delivered"), line + line.substring(0, 7) + "\0".repeat(600) + line.substring(3) + line);
        assertThat(delivered()).isEqualTo(first(1));
    }

    @Test
    void anAlteredLineInTheMiddleOfTheJournalIsRefused() {
        advanceTo(2);
        repository.delivered(ACCOUNTS, 2, "id-0", "W/\"0\"");
        repository.delivered(ACCOUNTS, 2, "id-1", "W/\"1\"");
        String journal = text(file("delivered"));
        for (String altered : List.of(
                journal.replaceFirst("id-0", "id-2"),
                journal.replaceFirst("\n", ""),
                "\n" + journal,
                "garbage\n" + journal,
                journal + "garbage\n")) {
            write(file("delivered"), altered);
            assertThatThrownBy(() -> repository.load(ACCOUNTS))
                    .isInstanceOf(TokenUnreadableException.class)
                    .hasMessageContaining("has an altered line");
        }
        repository.replace(ACCOUNTS, SampleCheckpoints.revision(2));
        assertThat(delivered()).isEmpty();
    }

    @Test
    void theJournalOfAnotherRevisionCountsNothing() {
        advanceTo(2);
        repository.delivered(ACCOUNTS, 2, "id-0", "W/\"0\"");
        String older = text(file("delivered"));
        repository.advance(ACCOUNTS, 2, SampleCheckpoints.revision(3));
        repository.delivered(ACCOUNTS, 3, "id-1", "W/\"1\"");
        write(file("delivered"), older + text(file("delivered")));
        assertThat(delivered()).isEqualTo(Map.of("id-1", "W/\"1\""));
    }

    @Test
    void theJournalOfAnotherSubscriptionIsRefused() {
        SubscriptionId contacts = SampleCheckpoints.subscription("contact", "default");
        repository.advance(contacts, 0, SampleCheckpoints.revision(1));
        repository.delivered(contacts, 1, "id-0", "1");
        String foreign = text(only("contact", "delivered"));
        repository.advance(ACCOUNTS, 0, SampleCheckpoints.revision(1));
        write(
                file("token")
                        .resolveSibling(file("token").getFileName().toString().replace(".token", ".delivered")),
                foreign);
        assertThatThrownBy(() -> repository.load(ACCOUNTS)).isInstanceOf(TokenUnreadableException.class);
    }

    @Test
    void theJournalOfATokenThatWasRemovedByHandDoesNotCountForItsSuccessor() throws IOException {
        advanceTo(1);
        repository.delivered(ACCOUNTS, 1, "id-0", "1");
        stop();
        Files.delete(file("token"));
        start();
        assertThat(repository.load(ACCOUNTS)).isEmpty();
        repository.advance(ACCOUNTS, 0, SampleCheckpoints.revision(1));
        assertThat(delivered()).isEmpty();
    }

    @Test
    @ProvesFault("S17")
    void onlyItsOwnerMayReadAFileOfTheRepository() throws IOException {
        assumeTrue(Disk.POSIX);
        advanceTo(2);
        repository.delivered(ACCOUNTS, 2, "id-0", "1");
        repository.add("key");
        assertThat(files()).hasSize(4);
        for (Path file : files()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as("%s", file)
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    @ProvesFault("S17")
    void aTokenThatAnyoneMayWriteIsRefused() throws IOException {
        assumeTrue(Disk.POSIX);
        advanceTo(2);
        Files.setPosixFilePermissions(file("token"), PosixFilePermissions.fromString("rw-rw-rw-"));
        assertUnreadable();
        Files.setPosixFilePermissions(file("token"), PosixFilePermissions.fromString("rw-rw-r--"));
        assertThat(checkpoint()).isEqualTo(SampleCheckpoints.revision(2));
    }

    @Test
    @ProvesFault("S17")
    void aSymbolicLinkIsNotFollowedAndReplaceLeavesItsTargetAlone() throws IOException {
        advanceTo(2);
        Path elsewhere = Files.move(file("token"), parent.resolve("elsewhere"));
        Path link = directory.resolve(SubscriptionKey.of(ACCOUNTS) + ".token");
        Files.createSymbolicLink(link, elsewhere);
        assertUnreadable();
        String before = text(elsewhere);
        repository.replace(ACCOUNTS, SampleCheckpoints.revision(9));
        assertThat(text(elsewhere)).isEqualTo(before);
        assertThat(Files.isSymbolicLink(link)).isFalse();
        assertThat(checkpoint()).isEqualTo(SampleCheckpoints.revision(9));
    }

    @Test
    @ProvesFault("S17")
    void aSymbolicLinkInThePlaceOfTheJournalOrTheLockIsNotFollowed() throws IOException {
        advanceTo(2);
        Path elsewhere = Files.createFile(parent.resolve("elsewhere"));
        Files.createSymbolicLink(directory.resolve(SubscriptionKey.of(ACCOUNTS) + ".delivered"), elsewhere);
        assertThatThrownBy(() -> repository.delivered(ACCOUNTS, 2, "id-0", "1"))
                .isInstanceOf(TokenUnreadableException.class)
                .hasMessageContaining("is a symbolic link");
        stop();
        Path lock = directory.resolve("dataverse-changes.lock");
        Files.delete(lock);
        Files.createSymbolicLink(lock, elsewhere);
        assertThatThrownBy(this::start)
                .isInstanceOf(TokenStoreException.class)
                .hasMessageContaining("is a symbolic link");
        assertThat(elsewhere).isEmptyFile();
    }

    @Test
    void aWriteThatFailsLeavesTheOldToken() throws IOException {
        advanceTo(2);
        repository.delivered(ACCOUNTS, 2, "id-0", "W/\"0\"");
        Path inTheWay = Path.of(file("token") + ".new").resolve("in the way");
        Files.createDirectories(inTheWay);
        assertThatThrownBy(() -> repository.advance(ACCOUNTS, 2, SampleCheckpoints.revision(3)))
                .isInstanceOf(TokenStoreException.class)
                .hasMessageStartingWith("Could not write the token of account/default")
                .hasMessageContaining(file("token").toString());
        assertThat(repository.load(ACCOUNTS)).contains(new StoredToken(SampleCheckpoints.revision(2), first(1)));
        Files.delete(inTheWay);
        repository.advance(ACCOUNTS, 2, SampleCheckpoints.revision(3));
        assertThat(checkpoint()).isEqualTo(SampleCheckpoints.revision(3));
    }

    @Test
    @ProvesFault("R4")
    void aDirectoryThatVanishesIsNoDirectoryWithoutTokens() throws IOException {
        advanceTo(2);
        Path away = Files.move(directory, parent.resolve("away"));
        assertVanished();
        Files.createDirectory(directory);
        assertVanished();
        Files.delete(directory);
        Files.move(away, directory);
        assertThat(checkpoint()).isEqualTo(SampleCheckpoints.revision(2));
    }

    private void assertVanished() {
        assertThatThrownBy(() -> repository.load(ACCOUNTS))
                .isInstanceOf(TokenStoreException.class)
                .hasMessageContaining("the directory was removed or unmounted meanwhile");
        assertThatThrownBy(() -> repository.advance(ACCOUNTS, 0, SampleCheckpoints.first()))
                .isInstanceOf(TokenStoreException.class);
        assertThatThrownBy(() -> repository.advance(ACCOUNTS, 2, SampleCheckpoints.revision(3)))
                .isInstanceOf(TokenStoreException.class);
    }

    @Test
    void aDirectoryThatCannotBeOneIsRefusedWithASentence() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));
        for (Path bad : List.of(file, file.resolve("below"))) {
            assertThatThrownBy(() -> new FileDeltaTokenRepository(bad).start())
                    .isInstanceOf(TokenStoreException.class)
                    .hasMessageStartingWith("Could not open the directory " + bad + " of delta tokens")
                    .hasMessageEndingWith("It must be a directory that this process may write to.");
        }
        assertThatThrownBy(() -> new FileDeltaTokenRepository().start())
                .hasMessage("FileDeltaTokenRepository needs the property 'directory'.");
    }

    @Test
    void aRepositoryThatIsNotStartedSaysSo() {
        stop();
        assertThatThrownBy(() -> repository.load(ACCOUNTS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not started");
    }

    @Test
    void damagedPlainKeysDoNotStandInTheWayOfATokenAndClearHealsThem() {
        advanceTo(1);
        repository.add("a");
        stop();
        Path keys = directory.resolve("plain-keys.journal");
        write(keys, "garbage\n");
        start();
        advance(1, 2);
        assertThatThrownBy(() -> repository.contains("a"))
                .isInstanceOf(TokenStoreException.class)
                .hasMessage("The file of plain keys " + keys + " has an altered line 1. Restore it, or clear the"
                        + " repository, which leaves the tokens as they are.");
        repository.clear();
        assertThat(repository.add("a")).isTrue();
    }

    @Test
    void theOldestPlainKeyMakesRoomAlsoAfterARestart() {
        stop();
        repository.setMaxKeys(3);
        repository.start();
        for (int i = 0; i < 2_000; i++) {
            repository.add("key " + i);
        }
        assertThat(repository.getKeyCount()).isEqualTo(3);
        restart();
        assertThat(repository.getKeyCount()).isEqualTo(3);
        assertThat(repository.contains("key 1999")).isTrue();
        assertThat(repository.contains("key 1996")).isFalse();
    }

    private Path file(String ending) {
        return directory.resolve(SubscriptionKey.of(ACCOUNTS) + "." + ending);
    }

    private Path only(String start, String ending) {
        return files().stream()
                .filter(file -> file.getFileName().toString().startsWith(start))
                .filter(file -> file.toString().endsWith(ending))
                .findFirst()
                .orElseThrow();
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
