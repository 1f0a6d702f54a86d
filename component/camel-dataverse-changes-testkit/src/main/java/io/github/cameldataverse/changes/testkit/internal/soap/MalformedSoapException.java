package io.github.cameldataverse.changes.testkit.internal.soap;

/** The layer below the service cannot make a request of what came in. */
final class MalformedSoapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String faultCode;

    MalformedSoapException(String faultCode, String message) {
        super(message);
        this.faultCode = faultCode;
    }

    /** It is not what a data contract can be read from. */
    static MalformedSoapException malformed(String message) {
        return new MalformedSoapException("DeserializationFailed", message);
    }

    String faultCode() {
        return faultCode;
    }
}
