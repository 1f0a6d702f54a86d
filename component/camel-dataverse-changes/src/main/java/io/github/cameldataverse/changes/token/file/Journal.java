package io.github.cameldataverse.changes.token.file;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of checked lines, see {@link JournalText}. It stays open between two lines: there is one line per
 * delivered change. Not safe for several threads.
 */
final class Journal implements Closeable {

    private final Disk disk;
    private final Path file;
    private final String seed;
    private @Nullable RandomAccessFile out;

    Journal(Disk disk, Path file, String seed) {
        this.disk = disk;
        this.file = file;
        this.seed = seed;
    }

    List<String> read() throws IOException {
        return text().lines();
    }

    private JournalText text() throws IOException {
        return JournalText.parse(seed, disk.read(file).orElse(new byte[0]));
    }

    /** Appends a line, which then survives the end of this process, but not a power cut before {@link #force}. */
    void append(String content) throws IOException {
        RandomAccessFile open = opened();
        try {
            disk.write(open, JournalText.line(seed, content));
        } catch (IOException e) {
            close(); // the next append opens it again and cuts the torn line off
            throw e;
        }
    }

    private RandomAccessFile opened() throws IOException {
        if (out == null) {
            out = disk.openToAppend(file, text().length());
        }
        return out;
    }

    void force() throws IOException {
        if (out != null) {
            disk.force(out);
        }
    }

    /** Removes all lines, readable or not. */
    void empty() throws IOException {
        if (out != null) {
            disk.truncate(out, 0);
        } else {
            disk.delete(file);
        }
    }

    /** Puts other lines in the place of all, whole or not at all. */
    void rewrite(List<String> contents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String content : contents) {
            bytes.writeBytes(JournalText.line(seed, content));
        }
        close();
        disk.replace(file, bytes.toByteArray());
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            RandomAccessFile open = out;
            out = null;
            open.close();
        }
    }
}
