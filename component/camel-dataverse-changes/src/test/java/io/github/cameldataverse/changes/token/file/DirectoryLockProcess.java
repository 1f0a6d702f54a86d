package io.github.cameldataverse.changes.token.file;

import io.github.cameldataverse.changes.token.TokenStoreException;
import java.io.File;

/** Starts a repository in a process of its own, says how that went, and holds it until its input ends. */
public final class DirectoryLockProcess {

    private DirectoryLockProcess() {}

    public static void main(String[] arguments) throws Exception {
        FileDeltaTokenRepository repository = new FileDeltaTokenRepository(new File(arguments[0]));
        try {
            repository.start();
            System.out.println("started");
        } catch (TokenStoreException e) {
            System.out.println(e.getMessage());
        }
        while (System.in.read() >= 0) {
            // hold the lock
        }
        repository.stop();
    }
}
