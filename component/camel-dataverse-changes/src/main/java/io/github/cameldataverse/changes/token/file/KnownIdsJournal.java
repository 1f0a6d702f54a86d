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
 * An append-only file of what happened to known ids: blocks of a length, a checksum and some thousand entries. A last
 * block that is torn, or that a power cut left empty, is ignored and cut off, as if the crash had come a moment earlier;
 * any other bad block means that the file was altered. Not safe for several threads.
 */
final class KnownIdsJournal implements Closeable {

    private static final int HEAD = 8;
    private static final int LARGEST = 1 << 20;

    private final Disk disk;
    private final Path file;
    private final byte[] seed;
    private @Nullable RandomAccessFile out;
    private Extent extent = new Extent(0, 0);
    private boolean unforced;

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
     */
    record Extent(long length, long base) {}

    boolean isMissing() throws IOException {
        return Disk.isMissing(file);
    }

    /** Appends entries, which then survive the end of this process, but not a power cut before {@link #force}. */
    void append(Entries entries) throws IOException {
        RandomAccessFile open = opened();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(entries, block -> bytes.writeBytes(framed(block)));
        try {
            unforced = true;
            disk.write(open, bytes.toByteArray());
            extent = new Extent(extent.length + bytes.size(), extent.base);
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
            extent = read(Optional.empty());
            out = disk.openToAppend(file, extent.length);
        }
        return out;
    }

    /** Before the first append of a process it is not known, and zero. */
    Extent extent() {
        return extent;
    }

    void force() throws IOException {
        if (out != null && unforced) {
            disk.force(out);
            unforced = false;
        }
    }

    /** Puts a bare list in the place of all entries, whole or not at all. */
    void rewrite(long newestRound, Entries list) throws IOException {
        close();
        disk.replace(file, pieces -> {
            write(list, block -> pieces.write(framed(block)));
            write(writer -> writer.write(KnownIdsEntry.BASE, newestRound), block -> pieces.write(framed(block)));
        });
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
            return new Extent(0, 0);
        }
        try (DataInputStream in = new DataInputStream(stream.get())) {
            Extent read = new Extent(0, 0);
            for (byte[] block = block(in, 0); block != null; block = block(in, read.length)) {
                long length = read.length + HEAD + block.length;
                read = new Extent(length, block[0] == KnownIdsEntry.BASE ? length : read.base);
                if (reader.isPresent()) {
                    entries(block, reader.get(), length);
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

    private byte @Nullable [] block(DataInputStream in, long at) throws IOException {
        try {
            int length = in.readInt();
            int checksum = in.readInt();
            if (length == 0 && checksum == 0) {
                return null; // a hole that a power cut left
            }
            if (length < 1 || length > LARGEST) {
                throw altered(at);
            }
            byte[] block = new byte[length];
            in.readFully(block);
            return Checksum.of(seed, block) == checksum ? block : torn(in, at);
        } catch (EOFException e) {
            return null;
        }
    }

    private static byte @Nullable [] torn(DataInputStream in, long at) throws IOException {
        if (in.read() >= 0) {
            throw altered(at);
        }
        return null;
    }

    private static DamagedFileException altered(long at) {
        return new DamagedFileException("has an altered block at byte " + at);
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            RandomAccessFile open = out;
            out = null;
            unforced = false;
            open.close();
        }
    }
}
