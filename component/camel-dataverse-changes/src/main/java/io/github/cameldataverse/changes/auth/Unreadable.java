package io.github.cameldataverse.changes.auth;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Words for a file that cannot be read, without what is in it. */
final class Unreadable {

    private Unreadable() {}

    static String why(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "it is not there";
        }
        if (e instanceof AccessDeniedException) {
            return "this process may not read it";
        }
        return e instanceof CharacterCodingException ? "it is no text" : String.valueOf(e.getMessage());
    }
}
