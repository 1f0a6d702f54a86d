package io.github.cameldataverse.changes.testkit.internal.soap;

/** The layer below the service cannot read the request. */
final class MalformedSoapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String faultCode;

    MalformedSoapException(String faultCode, String message) {
        super(message);
        this.faultCode = faultCode;
    }

    /** The request is not an instance of its data contract. */
    static MalformedSoapException malformed(String message) {
        return new MalformedSoapException("DeserializationFailed", message);
    }

    String faultCode() {
        return faultCode;
    }
}
