package io.github.cameldataverse.changes.internal.store;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The few things that a repository on files does to a disk, each a step that may fail or be the last one.
 *
 * <p>Files are read and written by {@link RandomAccessFile}, not by channels: Camel interrupts a polling thread when a
 * route is stopped, and an interrupted thread closes every channel it touches.
 */
public class Disk {

    public static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /** The whole content; empty if there is no such file. Symbolic links, and files that anyone may write, are refused. */
    public final Optional<byte[]> read(Path file) throws IOException {
        if (isMissing(file)) {
            return Optional.empty();
        }
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return Optional.of(in.readAllBytes());
        }
    }

    /** The same as a stream, which reads through a buffer. */
    public final Optional<InputStream> stream(Path file) throws IOException {
        return isMissing(file)
                ? Optional.empty()
                : Optional.of(new BufferedInputStream(new FileInputStream(file.toFile()), 1 << 16));
    }

    /** A content that is written piece by piece. */
    public interface Content {
        void writeTo(Pieces out) throws IOException;
    }

    /** Takes the next piece of a content. */
    public interface Pieces {
        void write(byte[] piece) throws IOException;
    }

    public final void replace(Path file, byte[] content) throws IOException {
        replace(file, out -> out.write(content));
    }

    /**
     * Puts a content in the place of a file, which holds the old one or the new one at every moment, also after a power
     * cut.
     */
    public final void replace(Path file, Content content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            delete(fresh);
            writeForced(fresh, content);
            move(fresh, file);
        } catch (IOException e) {
            deleteAfter(e, fresh);
            throw e;
        }
        forceDirectory(file.toAbsolutePath().resolveSibling(""));
    }

    private void writeForced(Path file, Content content) throws IOException {
        create(file);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            content.writeTo(piece -> write(out, piece));
            force(out);
        }
    }

    private void deleteAfter(IOException failure, Path file) {
        try {
            delete(file);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Opens a file to append to it after its first {@code length} bytes; what stands behind them is cut off. */
    public final RandomAccessFile openToAppend(Path file, long length) throws IOException {
        if (isMissing(file)) {
            create(file);
        }
        RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw");
        try {
            truncate(out, length);
            return out;
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }

    /** Makes an empty file that only its owner may read; an existing one or a link is refused. */
    public void create(Path file) throws IOException {
        if (POSIX) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } else {
            Files.createFile(file);
        }
    }

    public void write(RandomAccessFile out, byte[] content) throws IOException {
        out.write(content);
    }

    /**
     * Puts other bytes in the place of some at the beginning of a file. They are so few, all in its first sector, that a
     * disk writes them as a whole or not at all.
     */
    public void overwriteStart(RandomAccessFile out, byte[] content) throws IOException {
        long end = out.getFilePointer();
        out.seek(0);
        out.write(content);
        out.seek(end);
    }

    public void force(RandomAccessFile out) throws IOException {
        out.getFD().sync();
    }

    public void truncate(RandomAccessFile out, long length) throws IOException {
        out.setLength(length);
        out.seek(length);
    }

    public void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** Makes a move last. A directory can be forced only through a channel, so an interrupt is put aside meanwhile. */
    public void forceDirectory(Path directory) throws IOException {
        boolean interrupted = false;
        try {
            while (!forcedUninterrupted(directory)) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean forcedUninterrupted(Path directory) throws IOException {
        if (!POSIX) {
            return true; // Windows opens no directory, and writes its moves through
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }

    public static boolean isMissing(Path file) throws IOException {
        try {
            requireTrusted(file);
            return false;
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private static void requireTrusted(Path file) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
            throw new DamagedFileException("is a symbolic link, which is not followed");
        }
        if (!attributes.isRegularFile()) {
            throw new DamagedFileException("is no file");
        }
        // Kubernetes opens the files of a volume to a group at every mount, so the group is let pass.
        if (anyoneMayWrite(file)) {
            throw new DamagedFileException("may be written by anyone; make it writable by its owner only");
        }
    }

    public static boolean anyoneMayWrite(Path file) throws IOException {
        return POSIX
                && Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
                        .contains(PosixFilePermission.OTHERS_WRITE);
    }
}
