package io.github.cameldataverse.changes.internal.signin;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** A file that can be read and is not what is needed. The message goes on from the name of the file. */
final class UnfitFileException extends IOException {

    private static final long serialVersionUID = 1L;

    UnfitFileException(String flaw) {
        super(flaw);
    }

    /** What is wrong with a file, behind its name, and without what is in it. */
    static String flaw(IOException e) {
        return e instanceof UnfitFileException ? String.valueOf(e.getMessage()) : "cannot be read: " + reason(e);
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "it is not there";
        }
        if (e instanceof AccessDeniedException) {
            return "this process may not read it";
        }
        return e instanceof CharacterCodingException ? "it is no text" : String.valueOf(e.getMessage());
    }
}
