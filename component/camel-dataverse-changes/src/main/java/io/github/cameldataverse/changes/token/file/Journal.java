package io.github.cameldataverse.changes.token.file;

import io.github.cameldataverse.changes.internal.digest.Checksum;
import io.github.cameldataverse.changes.internal.store.DamagedFileException;
import io.github.cameldataverse.changes.internal.store.Disk;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of lines, each a checksum, a blank and a content in ASCII. It stays open between two lines: there is
 * one line per delivered change. Not safe for several threads.
 *
 * <p>A line is written in one go, so what a crash leaves behind is a last line without its end. That one is ignored, as if
 * the crash had come a moment earlier. A whole line with a wrong checksum comes from no crash: the file was altered.
 */
final class Journal implements Closeable {

    private static final int CHECKSUM = 8;

    /** What a power cut leaves of blocks that were not written yet; their size is a multiple of this. */
    private static final String HOLE = "\0".repeat(512);

    private final Disk disk;
    private final Path file;
    private final String seed;
    private @Nullable RandomAccessFile out;

    /** @param seed name of the journal; a line of another journal has another checksum */
    Journal(Disk disk, Path file, String seed) {
        this.disk = disk;
        this.file = file;
        this.seed = seed;
    }

    /** The contents of the whole lines. */
    List<String> read() throws IOException {
        return contents(wholeLines());
    }

    private List<String> contents(String text) throws DamagedFileException {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            lines.add(content(text.substring(start, end), lines.size() + 1));
            start = end + 1;
        }
        return lines;
    }

    /** A character is a byte here. */
    private String wholeLines() throws IOException {
        String text = new String(disk.read(file).orElse(new byte[0]), StandardCharsets.ISO_8859_1);
        int hole = text.indexOf(HOLE);
        String written = hole < 0 ? text : text.substring(0, hole);
        return written.substring(0, written.lastIndexOf('\n') + 1);
    }

    private String content(String line, int number) throws DamagedFileException {
        String content = line.substring(Math.min(line.length(), CHECKSUM + 1));
        if (!line.equals(checked(content))) {
            throw new DamagedFileException("has an altered line " + number);
        }
        return content;
    }

    private byte[] line(String content) {
        return (checked(content) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private String checked(String content) {
        return Checksum.hex(seed, content) + " " + content;
    }

    /** Appends a line, which then survives the end of this process, but not a power cut before {@link #force}. */
    void append(String content) throws IOException {
        RandomAccessFile open = opened();
        try {
            disk.write(open, line(content));
        } catch (IOException e) {
            close(); // the next append opens it again and cuts the torn line off
            throw e;
        }
    }

    private RandomAccessFile opened() throws IOException {
        if (out == null) {
            String whole = wholeLines();
            List<String> unused = contents(whole); // nothing is appended to a file that was altered
            out = disk.openToAppend(file, whole.length());
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
            bytes.writeBytes(line(content));
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
