package io.github.cameldataverse.changes.auth;

import java.io.IOException;

/** A file that can be read and is not what is wanted. The message goes on from the name of the file. */
final class UnfitFileException extends IOException {

    private static final long serialVersionUID = 1L;

    UnfitFileException(String flaw) {
        super(flaw);
    }
}
