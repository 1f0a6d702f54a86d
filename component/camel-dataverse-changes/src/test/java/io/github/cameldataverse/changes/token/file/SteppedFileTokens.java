package io.github.cameldataverse.changes.token.file;

import io.github.cameldataverse.changes.internal.store.Disk;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Repositories of which a test outside this package sees every step. */
public final class SteppedFileTokens {

    private SteppedFileTokens() {}

    /** A file repository on a real disk that calls between any two of its steps. */
    public static DeltaTokenRepository file(String directory, SteppedDisk.Between between) {
        return on(new SteppedDisk(between), directory);
    }

    /** A file repository that does not wait until a disk has what was written: for tests of very many pages. */
    public static DeltaTokenRepository withoutForce(String directory) {
        return on(new UnforcedDisk(), directory);
    }

    private static DeltaTokenRepository on(Disk disk, String directory) {
        FileDeltaTokenRepository repository = new FileDeltaTokenRepository(disk);
        repository.setDirectory(directory);
        return repository;
    }

    private static final class UnforcedDisk extends Disk {

        @Override
        public void force(RandomAccessFile out) {}

        @Override
        public void forceDirectory(Path directory) {}
    }
}
