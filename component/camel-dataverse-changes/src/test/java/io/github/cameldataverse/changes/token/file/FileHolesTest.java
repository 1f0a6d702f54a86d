package io.github.cameldataverse.changes.token.file;

import static io.github.cameldataverse.changes.harness.SampleCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.internal.digest.Checksum;
import io.github.cameldataverse.changes.internal.store.DamagedFileException;
import io.github.cameldataverse.changes.internal.store.Disk;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.SubscriptionKey;
import io.github.cameldataverse.changes.token.TokenStoreException;
import io.github.cameldataverse.changes.token.TokenUnreadableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a power cut leaves of a file that had grown: its new length, and zeros where the content was not written. And zeros
 * where it was written, which no power cut leaves.
 */
class FileHolesTest {

    private static final int[] LENGTHS = {1, 17, 512, 4096};
    /** Bytes of the line that says how much was forced. */
    private static final int MARK = 36;

    private static final String KEY = SubscriptionKey.of(ACCOUNTS);

    @TempDir
    Path directory;

    private DeltaTokenRepository repository;

    @BeforeEach
    void start() {
        repository = SteppedFileTokens.withoutForce(directory.toString());
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

    private Path journal() {
        return directory.resolve(KEY + ".delivered");
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(byte[] content) throws IOException {
        stop();
        Files.write(journal(), content);
        start();
    }

    private static byte[] withHole(byte[] content, int at, int length) {
        byte[] holed = content.clone();
        Arrays.fill(holed, at, Math.min(content.length, at + length), (byte) 0);
        return holed;
    }

    /** Notes so many changes of the page behind a revision, with ids of many lengths. */
    private Map<String, String> deliver(long revision, int from, int count) {
        Map<String, String> noted = new LinkedHashMap<>();
        for (int i = from; i < from + count; i++) {
            noted.put("id-" + i + "x".repeat(7 * i % 50), "W/\"" + i + "\"");
        }
        noted.forEach((id, what) -> repository.delivered(ACCOUNTS, revision, id, what));
        return noted;
    }

    private Map<String, String> delivered() {
        return repository.load(ACCOUNTS).orElseThrow().delivered();
    }

    @Test
    @ProvesFault("R13")
    void aHoleInWhatWasNotForcedEndsTheJournalWhereverItIsAndHoweverLong() throws IOException {
        repository.advance(ACCOUNTS, 0, SampleCheckpoints.revision(1));
        deliver(1, 0, 12);
        byte[] whole = bytes(journal());
        for (int at = 0; at < whole.length; at++) {
            for (int length : LENGTHS) {
                put(withHole(whole, at, length));
                assertThat(delivered()).as("%s zeros at %s", length, at).isEqualTo(before(whole, at, 1));
            }
            repository.delivered(ACCOUNTS, 1, "next", "1");
            restart();
            assertThat(delivered()).as("gone on behind %s", at).containsEntry("next", "1");
        }
    }

    @Test
    void everyHoleOfEveryLengthEndsAJournalThatWasNotForcedAndIsDamageInOneThatWas() throws IOException {
        Journal journal = new Journal(new Disk(), journal(), KEY);
        journal.rewrite(List.of("forced 1", "forced 2"));
        int forced = bytes(journal()).length;
        journal.append(List.of("3"));
        journal.append(List.of("4"));
        journal.close();
        byte[] whole = bytes(journal());
        for (int at = 0; at < whole.length; at++) {
            for (int length = 1; at + length <= whole.length; length++) {
                Files.write(journal(), withHole(whole, at, length));
                if (at >= forced) {
                    int left = at >= whole.length - 11 ? 3 : 2;
                    assertThat(journal.read()).as("%s zeros at %s", length, at).hasSize(left);
                } else if (at >= MARK || at + length <= forced - MARK) {
                    assertThatThrownBy(journal::read)
                            .as("%s zeros at %s", length, at)
                            .isInstanceOf(DamagedFileException.class);
                }
            }
        }
    }

    /** What the lines of a revision say that end before a byte. */
    private static Map<String, String> before(byte[] journal, int at, int revision) {
        Map<String, String> notes = new LinkedHashMap<>();
        String text = new String(journal, 0, at, StandardCharsets.US_ASCII);
        text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(line -> line.split("\t"))
                .forEach(parts -> {
                    if (parts.length == 3 && parts[0].endsWith(" " + revision)) {
                        notes.put(parts[1], parts[2]);
                    }
                });
        return notes;
    }

    @Test
    @ProvesFault("R13")
    void aHoleAmongCarriedNotesIsDamageAndOneBehindThemEndsTheJournal() throws IOException {
        repository.advance(ACCOUNTS, 0, SampleCheckpoints.revision(1));
        Map<String, String> carried = deliver(1, 0, 3);
        repository.advance(ACCOUNTS, 1, SampleCheckpoints.revision(2), carried);
        int forced = bytes(journal()).length;
        deliver(2, 3, 6);
        byte[] whole = bytes(journal());
        for (int at = 0; at < whole.length; at++) {
            for (int length : LENGTHS) {
                put(withHole(whole, at, length));
                boolean marksAreLost = at < MARK && at + length > forced - MARK;
                if (at >= forced) {
                    assertThat(delivered()).isEqualTo(before(whole, at, 2));
                } else if (!marksAreLost) {
                    assertDamaged(at);
                }
            }
        }
    }

    private void assertDamaged(int at) {
        byte[] left = bytes(journal());
        assertThatThrownBy(() -> repository.load(ACCOUNTS))
                .as("zeros at %s", at)
                .isInstanceOf(TokenUnreadableException.class)
                .hasMessageContaining(
                        "The stored token of account/default at https://contoso.crm4.dynamics.com in file")
                .hasMessageContaining("forced to the disk");
        assertThatThrownBy(() -> repository.advance(ACCOUNTS, 2, SampleCheckpoints.revision(3), Map.of("a", "b")))
                .isInstanceOf(TokenUnreadableException.class);
        assertThat(bytes(journal())).isEqualTo(left);
    }

    @Test
    @ProvesFault({"R13", "R5"})
    void aHoleInWhatAnAdvanceForcedThatThenFailedIsDamageAndOneBehindItEndsTheJournal() throws IOException {
        repository.advance(ACCOUNTS, 0, SampleCheckpoints.revision(1));
        Map<String, String> first = deliver(1, 0, 5);
        Path inTheWay = directory.resolve(KEY + ".token.new").resolve("in the way");
        Files.createDirectories(inTheWay);
        assertThatThrownBy(() -> repository.advance(ACCOUNTS, 1, SampleCheckpoints.revision(2)))
                .isInstanceOf(TokenStoreException.class);
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        int forced = bytes(journal()).length;
        deliver(1, 5, 5);
        byte[] whole = bytes(journal());
        for (int at = 0; at < whole.length; at++) {
            put(withHole(whole, at, 1));
            if (at < forced - MARK) {
                assertThatThrownBy(() -> repository.load(ACCOUNTS))
                        .as("zero at %s", at)
                        .isInstanceOf(TokenUnreadableException.class);
            } else {
                assertThat(delivered()).as("zero at %s", at).containsAllEntriesOf(first);
            }
        }
    }

    /** The journal of a version that did not write down what it had forced, byte for byte. */
    @Test
    void theJournalOfAnEarlierVersionEndsAtItsFirstHole() throws IOException {
        repository.advance(ACCOUNTS, 0, SampleCheckpoints.revision(1));
        String lines = line("1\tid-0\tW/\"0\"") + line("1\tid-1\tW/\"1\"") + line("1\tid-2\tW/\"2\"");
        put(lines.getBytes(StandardCharsets.US_ASCII));
        assertThat(delivered()).hasSize(3);
        put(withHole(lines.getBytes(StandardCharsets.US_ASCII), lines.indexOf("id-1"), 5));
        assertThat(delivered()).isEqualTo(Map.of("id-0", "W/\"0\""));
        repository.advance(ACCOUNTS, 1, SampleCheckpoints.revision(2), Map.of("id-1", "W/\"1\""));
        assertThat(delivered()).isEqualTo(Map.of("id-1", "W/\"1\""));
    }

    private static String line(String content) {
        return Checksum.hex(KEY, content) + " " + content + "\n";
    }

    @Test
    void aHoleInPlainKeysThatWereWrittenAnewIsDamageAndOneBehindThemEndsTheFile() throws IOException {
        for (int i = 0; i < 1_100; i++) {
            repository.add("key");
            repository.remove("key");
        }
        repository.add("last");
        stop();
        Path file = directory.resolve("plain-keys.journal");
        byte[] whole = bytes(file);
        int end = new String(whole, StandardCharsets.US_ASCII).lastIndexOf('\n', whole.length - 2);
        Files.write(file, withHole(whole, end + 3, 4));
        start();
        assertThat(repository.contains("last")).isFalse();
        stop();
        Files.write(file, withHole(whole, 20, 4));
        start();
        assertThatThrownBy(() -> repository.contains("last"))
                .isInstanceOf(TokenStoreException.class)
                .hasMessageContaining("forced to the disk")
                .hasMessageContaining("clear the repository");
    }
}
