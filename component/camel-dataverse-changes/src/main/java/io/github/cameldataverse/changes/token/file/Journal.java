package io.github.cameldataverse.changes.token.file;

import io.github.cameldataverse.changes.internal.digest.Checksum;
import io.github.cameldataverse.changes.internal.store.DamagedFileException;
import io.github.cameldataverse.changes.internal.store.Disk;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of lines, each a checksum, a blank and a content in ASCII. It stays open between two lines: there is
 * one line per delivered change. Not safe for several threads.
 *
 * <p>A line is written in one go, so what a crash of the process leaves behind is a last line without its end. That one is
 * ignored, as if the crash had come a moment earlier. A power cut may leave zeros in the place of what was not forced to
 * the disk, and good lines behind them: the file ends at the first zero. A whole line with a wrong checksum comes from
 * neither: the file was altered. So do zeros before a mark, a line which says up to which byte the file was forced. It is
 * not forced itself, for it costs one more wait of the disk and saves nothing: a page is repeated if it is lost.
 *
 * <pre>
 *   lines ······ mark ······ lines ·····    the file after {@link #force}
 *   mark ······· lines ····· mark ······    after {@link #rewrite}: a hole would have to take both
 *   |◀─ forced: no zeros ─▶|◀─ may be cut
 * </pre>
 */
final class Journal implements Closeable {

    private static final int CHECKSUM = 8;

    private static final String MARK = "forced\t";
    private static final int MARK_LENGTH = CHECKSUM + 1 + MARK.length() + 19 + 1;

    private final Disk disk;
    private final Path file;
    private final byte[] seed;
    private @Nullable RandomAccessFile out;
    private long marked;

    /** @param seed name of the journal; a line of another journal has another checksum */
    Journal(Disk disk, Path file, String seed) {
        this.disk = disk;
        this.file = file;
        this.seed = seed.getBytes(StandardCharsets.UTF_8);
    }

    /** The contents of the whole lines, without marks. */
    List<String> read() throws IOException {
        List<String> lines = contents(wholeLines());
        lines.removeIf(line -> line.startsWith(MARK));
        return lines;
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
        int hole = text.indexOf('\0');
        if (hole >= 0 && hole < forced(text)) {
            throw new DamagedFileException("has zeros from byte " + hole + " on, in what was forced to the disk");
        }
        String written = hole < 0 ? text : text.substring(0, hole);
        return written.substring(0, written.lastIndexOf('\n') + 1);
    }

    /** Up to which byte the file was forced, by the marks that can be read. */
    private long forced(String text) {
        long forced = 0;
        for (int at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + 1)) {
            int start = at - CHECKSUM - 1;
            String line = text.substring(Math.max(0, start), Math.min(text.length(), start + MARK_LENGTH - 1));
            String content = line.substring(Math.min(line.length(), CHECKSUM + 1));
            if (line.equals(checked(content))) {
                forced = Math.max(forced, Long.parseLong(content.substring(MARK.length())));
            }
        }
        return forced;
    }

    private String content(String line, int number) throws DamagedFileException {
        String content = line.substring(Math.min(line.length(), CHECKSUM + 1));
        if (!line.equals(checked(content))) {
            throw new DamagedFileException("has an altered line " + number);
        }
        return content;
    }

    /** Made in one array, because there is one line for each change. */
    private byte[] line(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(CHECKSUM + 1 + bytes.length + 1)
                .put(checksum(bytes).getBytes(StandardCharsets.ISO_8859_1))
                .put((byte) ' ')
                .put(bytes)
                .put((byte) '\n')
                .array();
    }

    private String checked(String content) {
        return checksum(content.getBytes(StandardCharsets.ISO_8859_1)) + " " + content;
    }

    private String checksum(byte[] content) {
        return HexFormat.of().toHexDigits(Checksum.of(seed, content));
    }

    /**
     * Appends lines, which then survive the end of this process, but not a power cut before {@link #force}. They are written in
     * one go; of several, a crash may leave the first ones.
     */
    void append(List<String> contents) throws IOException {
        RandomAccessFile open = opened();
        try {
            disk.write(open, bytes(contents));
        } catch (IOException e) {
            close(); // the next append opens it again and cuts the torn line off
            throw e;
        }
    }

    private byte[] bytes(List<String> contents) {
        if (contents.size() == 1) {
            return line(contents.get(0));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        contents.forEach(content -> bytes.writeBytes(line(content)));
        return bytes.toByteArray();
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
            mark(out.getFilePointer());
        }
    }

    private void mark(long forced) throws IOException {
        if (forced > marked) {
            append(List.of(markOf(forced)));
            marked = forced + MARK_LENGTH;
        }
    }

    private static String markOf(long forced) {
        return MARK + String.format(Locale.ROOT, "%019d", forced);
    }

    /** Removes all lines, readable or not. */
    void empty() throws IOException {
        marked = 0;
        if (out != null) {
            disk.truncate(out, 0);
        } else {
            disk.delete(file);
        }
    }

    /** Puts other lines in the place of all, whole or not at all. */
    void rewrite(List<String> contents) throws IOException {
        byte[] lines = bytes(contents);
        byte[] mark = line(markOf(MARK_LENGTH + lines.length + MARK_LENGTH));
        close();
        disk.replace(file, out -> {
            out.write(mark);
            out.write(lines);
            out.write(mark);
        });
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            RandomAccessFile open = out;
            out = null;
            marked = 0;
            open.close();
        }
    }
}
