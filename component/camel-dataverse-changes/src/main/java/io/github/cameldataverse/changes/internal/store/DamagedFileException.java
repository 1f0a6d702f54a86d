package io.github.cameldataverse.changes.internal.store;

import java.io.IOException;

/** A file is there, but its content cannot be trusted. The message continues a sentence: "is a symbolic link". */
public final class DamagedFileException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    public DamagedFileException(String reason) {
        super(reason);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
