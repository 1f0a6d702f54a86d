package io.github.cameldataverse.changes.token.file;

import io.github.cameldataverse.changes.internal.store.BoundedKeySet;
import io.github.cameldataverse.changes.internal.store.Disk;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.io.Closeable;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plain keys in memory and, as a journal of what was added and removed, in a file. Read at the first use, so that a
 * damaged file of plain keys never stands in the way of a token. Safe for several threads.
 */
final class PlainKeyFile implements Closeable {

    private static final String NAME = "plain-keys.journal";
    private static final String READ_OR_WRITE = "read or write";

    /** How many lines the file may have beyond twice the keys before it is rewritten. */
    private static final int SLACK = 1_000;

    private final Journal journal;
    private final FileFailures failures;
    private @Nullable BoundedKeySet keys;
    private int lines;

    PlainKeyFile(Disk disk, DirectoryLock directory) {
        this.journal = new Journal(disk, directory.resolve(NAME), NAME);
        this.failures = failures(directory.resolve(NAME));
    }

    private static FileFailures failures(Path file) {
        return new FileFailures(
                "the plain keys in " + file,
                e -> new TokenStoreException(
                        "The file of plain keys " + file + " " + e.reason()
                                + ". Restore it, or clear the repository, which leaves the tokens as they are.",
                        e));
    }

    synchronized boolean contains(String key) {
        return failures.translated(READ_OR_WRITE, () -> keys().contains(key));
    }

    synchronized int size() {
        return failures.translated(READ_OR_WRITE, () -> keys().size());
    }

    /** @param maxKeys how many keys there may be with this one; the oldest makes room */
    synchronized boolean add(String key, int maxKeys) {
        return failures.translated(READ_OR_WRITE, () -> {
            if (keys().contains(key)) {
                return false;
            }
            makeRoom(maxKeys);
            note("+", key);
            keys().add(key);
            return true;
        });
    }

    synchronized boolean remove(String key) {
        return failures.translated(READ_OR_WRITE, () -> {
            if (!keys().contains(key)) {
                return false;
            }
            tidy();
            take(key);
            return true;
        });
    }

    synchronized void clear() {
        failures.translated(READ_OR_WRITE, () -> {
            journal.empty();
            keys = new BoundedKeySet();
            lines = 0;
            return true;
        });
    }

    /** Done before the key is there: a disk that refuses it would fail an exchange whose key counts as known from then on. */
    private void makeRoom(int maxKeys) throws IOException {
        tidy();
        Optional<String> oldest = keys().oldestBeyond(maxKeys - 1);
        if (oldest.isPresent()) {
            take(oldest.get());
        }
    }

    private void take(String key) throws IOException {
        note("-", key);
        keys().remove(key);
    }

    private void note(String what, String key) throws IOException {
        journal.append(List.of(line(what, key)));
        lines++;
    }

    private void tidy() throws IOException {
        if (lines > 2 * keys().size() + SLACK) {
            journal.rewrite(keys().all().stream().map(key -> line("+", key)).toList());
            lines = keys().size();
        }
    }

    private static String line(String what, String key) {
        return what + URLEncoder.encode(key, StandardCharsets.UTF_8);
    }

    private BoundedKeySet keys() throws IOException {
        if (keys == null) {
            keys = read();
        }
        return keys;
    }

    private BoundedKeySet read() throws IOException {
        BoundedKeySet read = new BoundedKeySet();
        for (String line : journal.read()) {
            String key = URLDecoder.decode(line.substring(1), StandardCharsets.UTF_8);
            boolean unused = line.startsWith("+") ? read.add(key) : read.remove(key);
            lines++;
        }
        return read;
    }

    @Override
    public synchronized void close() throws IOException {
        journal.close();
    }
}
