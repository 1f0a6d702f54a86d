package io.github.cameldataverse.changes.internal.source;

import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.ServiceText;
import java.util.Locale;

/**
 * The error that an answer carries. Both APIs have the same codes; the one writes them in hex, the other in signed
 * decimal.
 *
 * @param code the platform's 32-bit code in hex, {@code 0x80044352}; empty if there is none
 * @param message the platform's words, cleaned
 */
public record ServiceError(String code, String message) {

    public static final String OBJECT_DOES_NOT_EXIST = "0x80040217";

    static final String EXPIRED_VERSION_STAMP = "0x80044352";
    static final String INVALID_ARGUMENT = "0x80040203";
    static final String NOT_TRACKED = "0x80072491";
    static final String RELATED_NOT_TRACKED = "0x80072492";
    static final String NO_SUCH_LOGICAL_NAME = "0x80072493";
    static final String NO_SUCH_TABLE = "0x80041102";
    static final String NO_SUCH_COLUMN = "0x80041103";
    static final String INVALID_PAGING_COOKIE = "0x8004112A";
    static final String PAGING_COOKIE_REQUIRED = "0x8004430A";
    static final String PRIVILEGE_DENIED = "0x80040220";
    static final String SQL_ERROR = "0x80044150";
    static final String SQL_TIMEOUT = "0x80044151";

    /** An error with its code as the platform wrote it, in hex or in decimal; one that is neither counts as none. */
    public static ServiceError of(String written, String message) {
        return new ServiceError(normal(written), message);
    }

    /** What can be said of an answer that carries no error of the platform: that of a gateway, or none at all. */
    public static ServiceError in(Answer answer) {
        return new ServiceError(
                "",
                "an answer of the type "
                        + ServiceText.clean(answer.header("content-type").orElse("(none)")) + ", " + answer.body());
    }

    /** The error with its code, as a sentence shows it. */
    public String text() {
        return code.isEmpty() ? message : message + " (" + code + ")";
    }

    private static String normal(String code) {
        if (code.matches("-?\\d{5,11}")) {
            return String.format("0x%08X", (int) Long.parseLong(code));
        }
        return code.matches("0[xX][0-9a-fA-F]{8}") ? "0x" + code.substring(2).toUpperCase(Locale.ROOT) : "";
    }
}
