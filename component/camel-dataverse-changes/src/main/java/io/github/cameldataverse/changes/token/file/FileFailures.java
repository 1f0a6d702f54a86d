package io.github.cameldataverse.changes.token.file;

import io.github.cameldataverse.changes.internal.store.DamagedFileException;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.io.IOException;
import java.util.function.Function;

/**
 * Turns what fails on a file into the exceptions of a repository, with whole sentences.
 *
 * @param content what the file holds and where it is: "the token of … in file …"
 * @param damaged the exception for a file that cannot be trusted
 */
record FileFailures(String content, Function<DamagedFileException, RuntimeException> damaged) {

    /** Work on the file. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** @param doing "read", behind "Could not" */
    <T> T translated(String doing, Work<T> work) {
        try {
            return work.run();
        } catch (DamagedFileException e) {
            throw damaged.apply(e);
        } catch (IOException e) {
            throw new TokenStoreException("Could not " + doing + " " + content + ": " + e, e);
        }
    }
}
