package io.github.cameldataverse.changes.token.file;

import io.github.cameldataverse.changes.internal.digest.Checksum;
import io.github.cameldataverse.changes.internal.store.DamagedFileException;
import io.github.cameldataverse.changes.internal.store.Disk;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of what happened to known ids: blocks of a length, a checksum and some thousand entries. Not safe for
 * several threads.
 *
 * <p>The first block says up to which byte the file was forced to the disk, and is overwritten after each force. Up to
 * there nothing may be missing, for it was promised over a power cut: a bad block, or a file that is shorter, means that the
 * file was damaged. Behind that byte a crash may have left a torn block, and a power cut zeros with good blocks behind
 * them; the file ends at the first bad one there, as if the crash had come a moment earlier.
 *
 * <pre>
 *   forced to n │ list, base │ blocks ····· n │ blocks that are not forced yet
 *               |◀── nothing may be missing ─▶|◀── ends at the first bad block
 * </pre>
 *
 * A file of an earlier version does not begin like that. Then all of it may have been forced, and only a torn end is cut off.
 */
final class KnownIdsJournal implements Closeable {

    private static final int HEAD = 8;
    private static final int LARGEST = 1 << 20;

    private final Disk disk;
    private final Path file;
    private final byte[] seed;
    private @Nullable RandomAccessFile out;
    private Extent extent = Extent.NONE;

    KnownIdsJournal(Disk disk, Path file, String seed) {
        this.disk = disk;
        this.file = file;
        this.seed = seed.getBytes(StandardCharsets.UTF_8);
    }

    /** Gives entries. */
    interface Entries {
        void writeTo(KnownIdsEntry.Writer out) throws IOException;
    }

    /**
     * How long the file is.
     *
     * @param length bytes of the whole blocks
     * @param base those of them that were the bare list when it was last rewritten
     * @param forced those of them that were forced to the disk; 0 if the file does not say
     */
    record Extent(long length, long base, long forced) {

        private static final Extent NONE = new Extent(0, 0, 0);

        private Extent with(byte[] block) {
            long end = length + HEAD + block.length;
            long says = length == 0 ? KnownIdsEntry.forcedBy(block) : forced;
            return new Extent(end, block[0] == KnownIdsEntry.BASE ? end : base, says);
        }

        /** Whether what stands behind these blocks was forced, as far as the file says. */
        private boolean isForcedBehind() {
            return forced == 0 || length < forced;
        }

        /** Whether a file may end here. */
        private boolean mayEnd() {
            return length > 0 && length >= forced;
        }
    }

    boolean isMissing() throws IOException {
        return Disk.isMissing(file);
    }

    /** Appends entries, which then survive the end of this process, but not a power cut before {@link #force}. */
    void append(Entries entries) throws IOException {
        RandomAccessFile open = opened();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(entries, block -> bytes.writeBytes(framed(block)));
        try {
            disk.write(open, bytes.toByteArray());
            extent = new Extent(extent.length + bytes.size(), extent.base, extent.forced);
        } catch (IOException e) {
            close(); // the next append opens it again and cuts the torn block off
            throw e;
        }
    }

    private static void write(Entries entries, KnownIdsEntry.Blocks blocks) throws IOException {
        KnownIdsEntry.Writer writer = new KnownIdsEntry.Writer(blocks);
        entries.writeTo(writer);
        writer.flush();
    }

    private RandomAccessFile opened() throws IOException {
        if (out == null) {
            extent = withStart(read(Optional.empty()));
            out = disk.openToAppend(file, extent.length);
        }
        return out;
    }

    /** Gives the file of an earlier version, whole or not at all, the block that it does not begin with. */
    private Extent withStart(Extent found) throws IOException {
        if (found.forced > 0) {
            return found;
        }
        byte[] start = framed(KnownIdsEntry.forced(0));
        long length = start.length + found.length;
        disk.replace(file, pieces -> {
            pieces.write(framed(KnownIdsEntry.forced(length)));
            copy(found.length, pieces);
        });
        return new Extent(length, start.length + found.base, length);
    }

    private void copy(long length, Disk.Pieces pieces) throws IOException {
        Optional<InputStream> stream = disk.stream(file);
        if (stream.isEmpty()) {
            return;
        }
        try (InputStream in = stream.get()) {
            for (long left = length; left > 0; left -= LARGEST) {
                pieces.write(in.readNBytes((int) Math.min(left, LARGEST)));
            }
        }
    }

    /** Before the first append of a process it is not known, and zero. */
    Extent extent() {
        return extent;
    }

    /** Forces what was written, and then that it was. */
    void force() throws IOException {
        if (out != null && extent.forced < extent.length) {
            disk.force(out);
            disk.overwriteStart(out, framed(KnownIdsEntry.forced(extent.length)));
            disk.force(out);
            extent = new Extent(extent.length, extent.base, extent.length);
        }
    }

    /** Puts a bare list in the place of all entries, whole or not at all. */
    void rewrite(long newestRound, Entries list) throws IOException {
        close();
        Entries base = writer -> writer.write(KnownIdsEntry.BASE, newestRound);
        long length = framed(KnownIdsEntry.forced(0)).length + length(list) + length(base);
        disk.replace(file, pieces -> {
            pieces.write(framed(KnownIdsEntry.forced(length)));
            write(list, block -> pieces.write(framed(block)));
            write(base, block -> pieces.write(framed(block)));
        });
    }

    private static long length(Entries entries) throws IOException {
        long[] length = {0};
        write(entries, block -> length[0] += HEAD + block.length);
        return length[0];
    }

    private byte[] framed(byte[] block) {
        return ByteBuffer.allocate(HEAD + block.length)
                .putInt(block.length)
                .putInt(Checksum.of(seed, block))
                .put(block)
                .array();
    }

    /** Reads the whole file, of which it holds one block at a time. */
    Extent read(Optional<KnownIdsEntry.Reader> reader) throws IOException {
        Optional<InputStream> stream = disk.stream(file);
        if (stream.isEmpty()) {
            return Extent.NONE;
        }
        try (DataInputStream in = new DataInputStream(stream.get())) {
            Extent read = Extent.NONE;
            for (byte[] block = block(in, read); block != null; block = block(in, read)) {
                read = read.with(block);
                if (reader.isPresent()) {
                    entries(block, reader.get(), read.length);
                }
            }
            return read;
        }
    }

    private static void entries(byte[] block, KnownIdsEntry.Reader reader, long end) throws DamagedFileException {
        try {
            KnownIdsEntry.read(ByteBuffer.wrap(block), reader);
        } catch (BufferUnderflowException | IllegalArgumentException | NegativeArraySizeException e) {
            throw new DamagedFileException("has entries before byte " + end + " that this version cannot read");
        }
    }

    /** The next block; null at the end, and before a bad one that no force has confirmed. */
    private byte @Nullable [] block(DataInputStream in, Extent read) throws IOException {
        try {
            byte @Nullable [] block = goodBlock(in);
            if (block == null && read.isForcedBehind()) {
                throw new DamagedFileException("has an altered block at byte " + read.length);
            }
            return block;
        } catch (EOFException e) {
            if (!read.mayEnd()) {
                throw new DamagedFileException(
                        "lacks its end from byte " + read.length + " on, which was there before");
            }
            return null;
        }
    }

    private byte @Nullable [] goodBlock(DataInputStream in) throws IOException {
        int length = in.readInt();
        int checksum = in.readInt();
        if (length < 1 || length > LARGEST) {
            return null;
        }
        byte[] block = new byte[length];
        in.readFully(block);
        return Checksum.of(seed, block) == checksum ? block : null;
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
