package io.github.cameldataverse.changes.token.file;

import io.github.cameldataverse.changes.token.PlainKeys;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.io.Closeable;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plain keys in memory and, as a journal of what was added and removed, in a file. Read at the first use, so that a
 * damaged file of plain keys never stands in the way of a token. Safe for several threads.
 */
final class PlainKeyFile implements Closeable {

    private static final String NAME = "plain-keys.journal";

    /** How many lines the file may have beyond twice the keys before it is written anew. */
    private static final int SLACK = 1_000;

    private final Journal journal;
    private final String place;
    private final int maxKeys;
    private @Nullable PlainKeys keys;
    private int lines;

    PlainKeyFile(Disk disk, DirectoryLock directory, int maxKeys) {
        this.journal = new Journal(disk, directory.resolve(NAME), NAME);
        this.place = directory.resolve(NAME).toString();
        this.maxKeys = maxKeys;
    }

    synchronized boolean contains(String key) {
        return attempt(() -> keys().contains(key));
    }

    synchronized int size() {
        return attempt(() -> keys().size());
    }

    synchronized boolean add(String key) {
        return attempt(() -> {
            if (keys().contains(key)) {
                return false;
            }
            note("+", key);
            keys().add(key);
            dropOldest();
            tidy();
            return true;
        });
    }

    synchronized boolean remove(String key) {
        return attempt(() -> {
            if (!keys().contains(key)) {
                return false;
            }
            note("-", key);
            keys().remove(key);
            tidy();
            return true;
        });
    }

    synchronized void clear() {
        attempt(() -> {
            journal.empty();
            keys = new PlainKeys();
            lines = 0;
            return true;
        });
    }

    private void dropOldest() throws IOException {
        Optional<String> oldest = keys().dropOldest(maxKeys);
        if (oldest.isPresent()) {
            note("-", oldest.get());
        }
    }

    private void note(String what, String key) throws IOException {
        journal.append(line(what, key));
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

    private PlainKeys keys() throws IOException {
        if (keys == null) {
            keys = read();
        }
        return keys;
    }

    private PlainKeys read() throws IOException {
        PlainKeys read = new PlainKeys();
        for (String line : journal.read()) {
            String key = URLDecoder.decode(line.substring(1), StandardCharsets.UTF_8);
            boolean unused = line.startsWith("+") ? read.add(key) : read.remove(key);
            lines++;
        }
        return read;
    }

    private <T> T attempt(Attempt<T> attempt) {
        try {
            return attempt.run();
        } catch (DamagedFileException e) {
            throw new TokenStoreException(
                    "The file of plain keys " + place + " " + e.reason()
                            + ". Restore it, or clear the repository, which leaves the tokens as they are.",
                    e);
        } catch (IOException e) {
            throw new TokenStoreException("Could not read or write the plain keys in " + place + ": " + e, e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        journal.close();
    }

    private interface Attempt<T> {
        T run() throws IOException;
    }
}
