package io.github.cameldataverse.changes.token.file;

import static io.github.cameldataverse.changes.harness.SampleCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.digest.Checksum;
import io.github.cameldataverse.changes.internal.store.DamagedFileException;
import io.github.cameldataverse.changes.internal.store.Disk;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.SubscriptionKey;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known is promised over a power cut: of what was forced to the disk no byte may be missing unnoticed. */
class KnownIdsHolesTest {

    private static final int[] LENGTHS = {1, 3, 8, 17, 512};
    private static final String KEY = SubscriptionKey.of(ACCOUNTS);

    @TempDir
    Path directory;

    private final DyingDisk disk = new DyingDisk();
    private FileDeltaTokenRepository repository;

    @BeforeEach
    void start() {
        repository = new FileDeltaTokenRepository(disk);
        repository.setDirectory(directory.toString());
        repository.start();
    }

    @AfterEach
    void stop() {
        repository.stop();
    }

    /** A disk that waits for nothing, and loses its power when it is to force what was written last. */
    private static final class DyingDisk extends Disk {

        private boolean dies;

        @Override
        public void force(RandomAccessFile out) throws IOException {
            if (dies) {
                throw new IOException("no power");
            }
        }

        @Override
        public void forceDirectory(Path directory) {}
    }

    private KnownIds known() {
        return repository.knownIds(ACCOUNTS).orElseThrow();
    }

    private Path file() {
        return directory.resolve(KEY + ".known");
    }

    private byte[] bytes() {
        try {
            return Files.readAllBytes(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(byte[] content) throws IOException {
        stop();
        Files.write(file(), content);
        start();
    }

    private static byte[] withHole(byte[] content, int at, int length) {
        byte[] holed = content.clone();
        Arrays.fill(holed, at, Math.min(content.length, at + length), (byte) 0);
        return holed;
    }

    private static String guid(int number) {
        return new UUID(0x6bd5aff162f0ef11L * number, 0xbe20000d3ab1c2d3L + number).toString();
    }

    /** Ids of rounds 1 to so many, each forced. */
    private byte[] forced(int rounds) {
        known().begin();
        for (int round = 1; round <= rounds; round++) {
            known().expect(0, round, List.of(guid(2 * round), "text " + round, guid(2 * round + 1)));
        }
        return bytes();
    }

    private void assertDamaged() {
        byte[] left = bytes();
        assertThatThrownBy(() -> known().tally(9))
                .isInstanceOf(TokenStoreException.class)
                .hasMessageContaining("The file of known ids " + file() + " of account/default");
        assertThatThrownBy(() -> known().expect(0, 9, List.of("next"))).isInstanceOf(TokenStoreException.class);
        assertThat(bytes()).isEqualTo(left);
    }

    @Test
    @ProvesFault("R13")
    void aHoleInWhatWasForcedIsRefusedWhereverItIsAndHoweverLong() throws IOException {
        byte[] whole = forced(4);
        for (int at = 0; at < whole.length; at++) {
            for (int length : LENGTHS) {
                byte[] holed = withHole(whole, at, length);
                if (!Arrays.equals(holed, whole)) {
                    put(holed);
                    assertDamaged();
                }
            }
        }
        put(whole);
        assertThat(known().tally(9).ids()).isEqualTo(12);
    }

    @Test
    void everyHoleOfEveryLengthInWhatWasForcedIsDamage() throws IOException {
        byte[] whole = forced(2);
        KnownIdsJournal journal = new KnownIdsJournal(disk, file(), KEY);
        for (int at = 0; at < whole.length; at++) {
            for (int length = 1; at + length <= whole.length; length++) {
                byte[] holed = withHole(whole, at, length);
                Files.write(file(), holed);
                if (!Arrays.equals(holed, whole)) {
                    assertThatThrownBy(() -> journal.read(Optional.empty()))
                            .as("%s zeros at %s", length, at)
                            .isInstanceOf(DamagedFileException.class);
                }
            }
        }
    }

    @Test
    @ProvesFault("R13")
    void aFileThatLacksItsEndIsRefusedWhereverItEnds() throws IOException {
        byte[] whole = forced(4);
        for (int length = 0; length < whole.length; length++) {
            put(Arrays.copyOf(whole, length));
            assertDamaged();
        }
    }

    @Test
    @ProvesFault("R13")
    void aPowerCutBeforeTheForceLeavesWhatWasForcedBeforeWhateverItLeavesOfTheRest() throws IOException {
        byte[] before = forced(3);
        disk.dies = true;
        assertThatThrownBy(() -> known().expect(0, 4, List.of(guid(8), "text 4", guid(9))))
                .hasMessageContaining("no power");
        disk.dies = false;
        byte[] whole = bytes();
        assertThat(whole.length).isGreaterThan(before.length + 50);
        for (int at = before.length; at < whole.length; at++) {
            put(Arrays.copyOf(whole, at));
            assertGoesOn();
            for (int length : LENGTHS) {
                put(withHole(whole, at, length));
                assertGoesOn();
            }
        }
    }

    /** The ids of rounds 1 to 3 are there; those of round 4 may be. */
    private void assertGoesOn() {
        assertThat(known().olderThan(4, "", 100)).hasSize(9);
        assertThat(known().tally(4).ids()).isIn(9L, 12L);
        known().expect(0, 5, List.of("next"));
        stop();
        start();
        assertThat(known().olderThan(4, "", 100)).hasSize(9);
        assertThat(known().rounds(List.of("next"))).hasSize(1);
    }

    @Test
    @ProvesFault("R13")
    void aHoleAmongWhatWasTakenOutUnforcedLeavesAnIdTooManyAndNeverOneTooFew() throws IOException {
        byte[] before = forced(3);
        List<String> taken = List.of(guid(2), guid(3), guid(4), guid(5));
        taken.forEach(id -> known().forget(0, id, 9));
        byte[] whole = bytes();
        for (int at = before.length; at < whole.length; at++) {
            for (int length : LENGTHS) {
                put(withHole(whole, at, length));
                int kept = (at - before.length) / ((whole.length - before.length) / taken.size());
                List<String> left = known().olderThan(9, "", 100);
                assertThat(left).as("%s zeros at %s", length, at).hasSizeBetween(9 - taken.size(), 9 - kept);
                assertThat(taken.subList(0, kept)).noneMatch(left::contains);
            }
        }
    }

    /** A file of a version that did not write down what it had forced: it forced every block that was about to be offered. */
    private static byte[] earlier(int rounds) {
        ByteBuffer file = ByteBuffer.allocate(1 << 10);
        block(file, ByteBuffer.allocate(9).put((byte) 'B').putLong(0));
        for (int round = 1; round <= rounds; round++) {
            UUID id = UUID.fromString(guid(round));
            block(
                    file,
                    ByteBuffer.allocate(34)
                            .put((byte) 'R')
                            .putLong(round)
                            .put((byte) 'E')
                            .putLong(round)
                            .putLong(id.getMostSignificantBits())
                            .putLong(id.getLeastSignificantBits()));
        }
        return Arrays.copyOf(file.array(), file.position());
    }

    private static void block(ByteBuffer file, ByteBuffer entries) {
        file.putInt(entries.capacity())
                .putInt(Checksum.of(KEY.getBytes(StandardCharsets.UTF_8), entries.array()))
                .put(entries.array());
    }

    @Test
    void aFileOfAnEarlierVersionIsGoneOnWithAndFromThenOnSaysWhatWasForced() throws IOException {
        byte[] old = earlier(3);
        put(old);
        assertThat(known().isKept()).isTrue();
        assertThat(known().tally(3)).isEqualTo(new KnownIds.Tally(3, 2, 3));
        known().expect(0, 4, List.of(guid(4)));
        stop();
        start();
        assertThat(known().tally(4)).isEqualTo(new KnownIds.Tally(4, 3, 4));
        byte[] whole = bytes();
        put(Arrays.copyOf(whole, whole.length - 1));
        assertDamaged();
    }

    @Test
    void aFileOfAnEarlierVersionMayEndInATornBlockAndHasNoHoles() throws IOException {
        byte[] old = earlier(3);
        int end = earlier(2).length;
        for (int length = end; length < old.length; length++) {
            put(Arrays.copyOf(old, length));
            assertThat(known().tally(9).ids()).isEqualTo(2);
            known().expect(0, 4, List.of(guid(4)));
            stop();
            start();
            assertThat(known().tally(9).ids()).as("gone on behind %s", length).isEqualTo(3);
        }
        for (int at = 0; at < old.length; at++) {
            byte[] holed = withHole(old, at, 8);
            if (!Arrays.equals(holed, old)) {
                put(holed);
                assertDamaged();
            }
        }
    }
}
