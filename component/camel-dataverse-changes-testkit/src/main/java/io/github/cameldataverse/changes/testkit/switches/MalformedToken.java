package io.github.cameldataverse.changes.testkit.switches;

/** The error for a delta token that cannot be parsed; the status is 400. */
public enum MalformedToken {
    /** As the Organization Service does. */
    INVALID_ARGUMENT("0x80040203", "Invalid argument."),
    /** As for any other fault in a URI. */
    URI_ERROR("0x80060888", "The delta token is not valid."),
    /** As for a token that is too old. */
    EXPIRED("0x80044352", "Version stamp associated with the client has expired. Please perform a full sync.");

    private final String code;
    private final String message;

    MalformedToken(String code, String message) {
        this.code = code;
        this.message = message;
    }

    public String code() {
        return code;
    }

    public String message() {
        return message;
    }
}
