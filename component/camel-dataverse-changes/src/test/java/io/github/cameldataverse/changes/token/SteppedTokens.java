package io.github.cameldataverse.changes.token;

/** Repositories of which a test outside this package sees every step. */
public final class SteppedTokens {

    private SteppedTokens() {}

    /** A file repository on a real disk that calls between any two of its steps. */
    public static DeltaTokenRepository file(String directory, Runnable between) {
        FileDeltaTokenRepository repository = new FileDeltaTokenRepository(new StepDisk(between::run));
        repository.setDirectory(directory);
        return repository;
    }
}
