package io.github.cameldataverse.changes.contracts.implementations;

import static io.github.cameldataverse.changes.contracts.ContractCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.contracts.ContractCheckpoints;
import io.github.cameldataverse.changes.contracts.KnownIdsContract;
import io.github.cameldataverse.changes.harness.ChildProcess;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.TokenStoreException;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.file.SteppedFileTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownIdsInFileTest extends KnownIdsContract {

    @TempDir
    Path parent;

    private Path directory;
    private FileDeltaTokenRepository repository;

    @BeforeEach
    @Override
    protected void restart() {
        stop();
        directory = parent.resolve("tokens");
        repository = new FileDeltaTokenRepository(directory);
        repository.start();
    }

    @AfterEach
    void stop() {
        if (repository != null) {
            repository.stop();
        }
    }

    @Override
    protected DeltaTokenRepository repository() {
        return repository;
    }

    @Test
    void aTornEndThatWasNotForcedIsIgnoredWhereverItIsTorn() throws IOException {
        known().begin();
        known().expect(0, 1, List.of("a", new UUID(1, 2).toString()));
        byte[] before = Files.readAllBytes(file());
        known().expect(0, 2, List.of("b", new UUID(3, 4).toString()));
        byte[] whole = Files.readAllBytes(file());
        for (int length = before.length; length < whole.length; length++) {
            write(beforeTheForce(before, whole, length));
            assertThat(known().tally(9).ids()).as("cut to %s", length).isEqualTo(2);
            known().expect(0, 3, List.of("c"));
            restart();
            assertThat(known().tally(9).ids()).as("gone on behind %s", length).isEqualTo(3);
        }
        write(Arrays.copyOf(whole, whole.length + 4096));
        assertThat(known().tally(9).ids()).as("with a hole behind it").isEqualTo(4);
    }

    /** The file behind a write of which a part was done, and before the force that follows it. */
    private static byte[] beforeTheForce(byte[] before, byte[] whole, int length) {
        byte[] content = Arrays.copyOf(whole, length);
        System.arraycopy(before, 0, content, 0, before.length);
        return content;
    }

    @Test
    @ProvesFault("R3")
    void anAlteredFileIsRefusedWithASentenceAndLeftAsItIs() throws IOException {
        known().begin();
        known().expect(0, 1, List.of("a", new UUID(1, 2).toString()));
        known().expect(0, 2, List.of("b"));
        byte[] whole = Files.readAllBytes(file());
        for (int at = 0; at < whole.length; at++) {
            byte[] altered = whole.clone();
            altered[at] ^= 4;
            write(altered);
            assertThatThrownBy(() -> known().tally(9)).as("byte %s", at).satisfiesAnyOf(e -> assertThat(e)
                    .isInstanceOf(TokenStoreException.class)
                    .hasMessageContaining(file().getFileName().toString())
                    .hasMessageMatching("(?s).*(altered block|lacks its end).*"));
            assertThatThrownBy(() -> known().expect(0, 3, List.of("c"))).isInstanceOf(TokenStoreException.class);
            assertThat(Files.readAllBytes(file())).isEqualTo(altered);
        }
    }

    @Test
    void theFileDoesNotGrowWithTheChangesOfTheSameRecords() throws IOException {
        known().begin();
        List<String> ids = ids(5_000);
        for (int round = 1; round <= 200; round++) {
            known().expect(0, round, ids);
        }
        assertThat(Files.size(file())).isLessThan(6 << 20);
        known().expect(0, 201, ids.subList(0, 10));
        assertThat(known().tally(201)).isEqualTo(new KnownIds.Tally(5_000, 4_990, 201));
    }

    @Test
    @ProvesFault({"C6", "R1"})
    void aDiskThatFailsAtAnyStepLosesNoIdThatWasNotTakenOut() {
        int step = 1;
        while (fails(parent.resolve("failing-" + step), step)) {
            step++;
        }
        assertThat(step).as("steps of the walk").isGreaterThan(40);
    }

    /** Walks on a disk that fails from a step on; whether it came to that. */
    private static boolean fails(Path directory, int from) {
        AtomicInteger steps = new AtomicInteger();
        DeltaTokenRepository failing = SteppedFileTokens.file(directory.toString(), () -> {
            if (steps.incrementAndGet() >= from) {
                throw new IOException("No space left on device");
            }
        });
        Set<String> in = new HashSet<>();
        Set<String> maybe = new HashSet<>();
        try {
            failing.start();
            walk(failing, in, maybe);
            return false;
        } catch (TokenStoreException e) {
            assertThat(e).hasMessageContaining("No space left on device");
            return true;
        } finally {
            failing.stop();
            assertHolds(directory, in, maybe);
        }
    }

    private static void walk(DeltaTokenRepository repository, Set<String> in, Set<String> maybe) {
        KnownIds known = repository.knownIds(ACCOUNTS).orElseThrow();
        known.begin();
        repository.advance(ACCOUNTS, 0, ContractCheckpoints.revision(1));
        for (int page = 1; page <= 4; page++) {
            List<String> ids = List.of("text " + page, new UUID(page, 1).toString(), new UUID(page, 2).toString());
            maybe.addAll(ids);
            known.expect(page, page, ids);
            in.addAll(ids);
            in.remove(ids.get(1));
            known.advance(page, ContractCheckpoints.revision(page + 1), List.of(ids.get(1)), Map.of("id", "1"));
            maybe.remove(ids.get(1));
        }
        in.remove("text 1");
        known.forget(5, "text 1", 4);
        maybe.remove("text 1");
    }

    private static void assertHolds(Path directory, Set<String> in, Set<String> maybe) {
        FileDeltaTokenRepository again = new FileDeltaTokenRepository(directory);
        again.start();
        List<String> held = again.knownIds(ACCOUNTS).orElseThrow().olderThan(Long.MAX_VALUE, "", 1_000);
        again.stop();
        assertThat(held).containsAll(in);
        assertThat(maybe).containsAll(held);
    }

    @Test
    void aMillionIdsFitIntoAHeapOf128Megabytes() throws Exception {
        try (ChildProcess child = ChildProcess.run(
                128, MillionKnownIdsProcess.class, parent.resolve("million").toString())) {
            List<String> lines = new ArrayList<>(child.lines());
            assertThat(child.exitCode()).isZero();
            assertThat(lines).anyMatch(line -> line.startsWith("missing 1000 of 1000000"));
            lines.stream().filter(line -> line.startsWith("missing")).forEach(System.out::println);
        }
    }

    private Path file() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".known"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(byte[] content) throws IOException {
        stop();
        Files.write(file(), content);
        repository = new FileDeltaTokenRepository(directory);
        repository.start();
    }
}
