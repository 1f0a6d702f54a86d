package io.github.cameldataverse.changes.testkit.soap;

/** The layer below the service cannot make a request of what came in. */
final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String faultCode;

    UnreadableException(String faultCode, String message) {
        super(message);
        this.faultCode = faultCode;
    }

    /** It is not what a data contract can be read from. */
    static UnreadableException malformed(String message) {
        return new UnreadableException("DeserializationFailed", message);
    }

    String faultCode() {
        return faultCode;
    }
}
