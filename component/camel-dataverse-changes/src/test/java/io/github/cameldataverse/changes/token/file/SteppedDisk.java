package io.github.cameldataverse.changes.token.file;

import io.github.cameldataverse.changes.internal.store.Disk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/** A real disk that says, before and after each of its steps, that it is there; a write has two steps. */
public class SteppedDisk extends Disk {

    /** Called between any two steps; may throw, or never return. */
    public interface Between {
        void steps() throws IOException;
    }

    private final Between between;

    public SteppedDisk(Between between) {
        this.between = between;
    }

    @Override
    public void create(Path file) throws IOException {
        between.steps();
        super.create(file);
        between.steps();
    }

    @Override
    public void write(RandomAccessFile out, byte[] content) throws IOException {
        between.steps();
        super.write(out, Arrays.copyOf(content, content.length / 2));
        between.steps();
        super.write(out, Arrays.copyOfRange(content, content.length / 2, content.length));
        between.steps();
    }

    @Override
    public void overwriteStart(RandomAccessFile out, byte[] content) throws IOException {
        between.steps();
        super.overwriteStart(out, content);
        between.steps();
    }

    @Override
    public void force(RandomAccessFile out) throws IOException {
        super.force(out);
        between.steps();
    }

    @Override
    public void truncate(RandomAccessFile out, long length) throws IOException {
        super.truncate(out, length);
        between.steps();
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        between.steps();
        super.move(from, to);
        between.steps();
    }

    @Override
    public void delete(Path file) throws IOException {
        super.delete(file);
        between.steps();
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        super.forceDirectory(directory);
        between.steps();
    }
}
