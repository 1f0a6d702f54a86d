package io.github.cameldataverse.changes.internal.keyset;

import io.github.cameldataverse.changes.internal.store.Disk;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;

/**
 * The keys of Camel's file repository, which needs help in four places:
 *
 * <ul>
 *   <li>its {@code remove} empties the file and writes the other lines anew, so a crash in between loses every key. Here
 *       all keys are removed at once, by one move of a new file into the place of the old one;
 *   <li>an {@code add} that fails stays in its cache, and is gone after a restart. Here the file is read again;
 *   <li>a crash can leave a last line without its end, and the next key would be glued to it. Here it is ended first;
 *   <li>its {@code contains} reads the whole file to say no. Here our keys are kept in memory, as the file has them.
 * </ul>
 */
final class FileKeys extends RepositoryKeys {

    private final FileIdempotentRepository repository;
    private final LockedFileRepository locked;
    private final Disk disk = new Disk();

    FileKeys(FileIdempotentRepository repository) {
        super(repository);
        this.repository = repository;
        this.locked = LockedFileRepository.of(repository);
    }

    @Override
    boolean add(String key) {
        settle();
        try {
            return super.add(key);
        } catch (TokenStoreException e) {
            locked.doubt();
            throw e;
        }
    }

    @Override
    boolean contains(String key) {
        settle();
        return locked.holds(key);
    }

    @Override
    void remove(List<String> keys) {
        settle();
        try {
            locked.underLock(() -> rewriteWithout(new HashSet<>(keys)));
        } catch (IOException | RuntimeException e) {
            locked.doubt();
            throw failed("rewrite the file of", e);
        }
    }

    private void settle() {
        try {
            locked.settle(this::endLastLine);
        } catch (IOException | RuntimeException e) {
            throw failed("read the file of", e);
        }
    }

    private void endLastLine() throws IOException {
        if (Disk.isMissing(file())) {
            return;
        }
        try (RandomAccessFile out = new RandomAccessFile(file().toFile(), "rw")) {
            long length = out.length();
            out.seek(Math.max(0, length - 1));
            if (length > 0 && out.read() != '\n') {
                out.write('\n');
            }
        }
    }

    /** Byte for byte, because the keys of others may be of any character set. */
    private void rewriteWithout(Set<String> keys) throws IOException {
        byte[] before = disk.read(file()).orElseGet(() -> new byte[0]);
        String kept = Arrays.stream(new String(before, StandardCharsets.ISO_8859_1).split("\n"))
                .filter(line -> !line.isEmpty() && !keys.contains(line))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        disk.replace(file(), kept.getBytes(StandardCharsets.ISO_8859_1));
        locked.forget(keys);
    }

    private Path file() {
        return repository.getFileStore().toPath();
    }
}
