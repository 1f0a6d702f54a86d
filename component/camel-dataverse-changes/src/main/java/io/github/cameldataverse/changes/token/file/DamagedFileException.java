package io.github.cameldataverse.changes.token.file;

import java.io.IOException;

/** A file is there, but what it says cannot be trusted. The message continues a sentence: "is a symbolic link". */
final class DamagedFileException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    DamagedFileException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
