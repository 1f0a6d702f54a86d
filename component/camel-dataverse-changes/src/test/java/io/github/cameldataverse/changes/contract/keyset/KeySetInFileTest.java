package io.github.cameldataverse.changes.contract.keyset;

import static io.github.cameldataverse.changes.contract.keyset.KeySetRounds.SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.harness.ChildProcess;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.keyset.KeySetTokenRepository;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.LRUCacheFactory;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeySetInFileTest extends DurableKeySetContract {

    @TempDir
    Path directory;

    private FileIdempotentRepository repository;

    @BeforeEach
    @Override
    void restart() {
        repository = start(new FileIdempotentRepository(file(), LRUCacheFactory.newLRUCache(1000)));
    }

    private static FileIdempotentRepository start(FileIdempotentRepository repository) {
        repository.start();
        return repository;
    }

    @Override
    int manyRounds() {
        return 200;
    }

    @Override
    int stride() {
        return 3;
    }

    @Override
    IdempotentRepository open() {
        return repository;
    }

    @Override
    Set<String> keys() {
        try (var lines = Files.lines(file().toPath())) {
            return lines.filter(line -> !line.isEmpty()).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    ChildProcess otherProcess() throws IOException {
        return ChildProcess.run(KeySetReaderProcess.class, file().toString());
    }

    private File file() {
        return directory.resolve("keys.txt").toFile();
    }

    @Override
    IdempotentRepository steps(SteppedIdempotentRepository.Hook hook) {
        repository = start(new Stepping(file(), hook));
        return repository;
    }

    /** One that is still known as a file. */
    private static final class Stepping extends FileIdempotentRepository {

        private final SteppedIdempotentRepository.Hook hook;

        Stepping(File file, SteppedIdempotentRepository.Hook hook) {
            super(file, LRUCacheFactory.newLRUCache(1000));
            this.hook = hook;
        }

        @Override
        public boolean add(String key) {
            return hook.around(() -> super.add(key));
        }

        @Override
        public boolean contains(String key) {
            return hook.around(() -> super.contains(key));
        }

        @Override
        public boolean remove(String key) {
            return hook.around(() -> super.remove(key));
        }
    }

    /** A disk that is full at the n-th key, of which it takes a part. */
    private static final class FullDisk extends FileIdempotentRepository {

        private final Path path;
        private int room;

        FullDisk(File file, int room) {
            super(file, LRUCacheFactory.newLRUCache(1000));
            this.path = file.toPath();
            this.room = room;
        }

        @Override
        protected void appendToStore(String key) {
            if (room-- > 0) {
                super.appendToStore(key);
                return;
            }
            try {
                Files.writeString(path, key.substring(0, key.length() * 2 / 3), StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            throw new RuntimeCamelException("No space left on device");
        }
    }

    @Test
    @ProvesFault({"R1", "R5"})
    void aDiskThatIsFullAtAnyKeyLeavesTheOldOrTheNewTokenInMemoryAndInTheFile() {
        int room = 0;
        while (isFull(room)) {
            room++;
        }
        assertThat(room).as("keys of two rounds").isGreaterThan(100);
    }

    private boolean isFull(int room) {
        repository.clear();
        FullDisk full = new FullDisk(file(), room);
        repository = start(full);
        KeySetTokenRepository reader = reader();
        long told = 0;
        boolean failed = false;
        try {
            told = KeySetRounds.advance(reader);
            told = KeySetRounds.advance(reader);
        } catch (TokenStoreException e) {
            failed = true;
            assertThat(e).hasMessageContaining("No space left on device");
        }
        long inMemory = KeySetRounds.number(reader.load(SHORT));
        assertThat(inMemory).isIn(told, told + 1);
        full.room = Integer.MAX_VALUE;
        if (room % 2 == 0) {
            told = KeySetRounds.advance(reader);
        }
        restart();
        KeySetRounds.assertStored(reader().load(SHORT), told, told + 1);
        long round = KeySetRounds.advance(reader());
        restart();
        KeySetRounds.assertStored(reader().load(SHORT), round);
        return failed;
    }

    @Test
    @ProvesFault("C6")
    void aLastLineWithoutItsEndIsNotGluedToTheNextKey() throws IOException {
        KeySetRounds.advance(reader());
        String text = Files.readString(file().toPath());
        Files.writeString(file().toPath(), text.substring(0, text.length() - 1));
        restart();
        KeySetRounds.advance(reader());
        restart();
        KeySetRounds.assertStored(reader().load(SHORT), 2);
    }

    @Test
    void keysOfOthersAddedWhileOldKeysAreRemovedAreKept() throws Exception {
        KeySetTokenRepository reader = reader();
        Thread other = new Thread(() -> {
            for (int i = 0; i < 400; i++) {
                repository.add("key " + i);
            }
        });
        other.start();
        while (other.isAlive()) {
            KeySetRounds.advance(reader);
        }
        other.join();
        assertThat(keys().stream().filter(key -> key.startsWith("key "))).hasSize(400);
        long round = KeySetRounds.number(reader.load(SHORT));
        restart();
        KeySetRounds.assertStored(reader().load(SHORT), round);
        assertThat(repository.contains("key 7")).isTrue();
    }

    @Test
    void aFileThatIsTooSmallIsRefused() {
        repository.setMaxFileStoreSize(100_000);
        assertThatThrownBy(this::reader)
                .hasMessageContaining("drops its oldest keys beyond 100000 bytes")
                .hasMessageContaining("maxFileStoreSize of at least 1000000");
        repository.setMaxFileStoreSize(0);
        KeySetRounds.advance(reader());
    }
}
