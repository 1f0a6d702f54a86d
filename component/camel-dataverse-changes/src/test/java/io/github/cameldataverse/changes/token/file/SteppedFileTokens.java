package io.github.cameldataverse.changes.token.file;

import io.github.cameldataverse.changes.token.DeltaTokenRepository;

/** Repositories of which a test outside this package sees every step. */
public final class SteppedFileTokens {

    private SteppedFileTokens() {}

    /** A file repository on a real disk that calls between any two of its steps. */
    public static DeltaTokenRepository file(String directory, Runnable between) {
        FileDeltaTokenRepository repository = new FileDeltaTokenRepository(new SteppedDisk(between::run));
        repository.setDirectory(directory);
        return repository;
    }
}
