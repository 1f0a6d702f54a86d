package io.github.cameldataverse.changes.internal.source;

import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.FirstWords;
import java.util.Locale;
import java.util.Set;

/**
 * The error that an answer carries. Both APIs have the same codes; the one writes them in hex, the other in signed
 * decimal.
 *
 * @param origin whose error it is
 * @param code the platform's 32-bit code in hex, {@code 0x80044352}; as written, where that is no such code; empty if there
 *     is none
 * @param message the words of the error, cleaned
 */
public record ServiceError(Origin origin, String code, String message) {

    /** Whose error it is, as far as the answer tells. */
    public enum Origin {
        /** The service's: it has the form of its errors, and a code. */
        SERVICE,
        /** It has the form of the service's errors, but no code: a gateway may have written it as well. */
        UNSURE,
        /** That of something between: a page, a text, nothing at all. */
        FOREIGN
    }

    public static final String OBJECT_DOES_NOT_EXIST = "0x80040217";

    static final String EXPIRED_VERSION_STAMP = "0x80044352";
    static final String INVALID_ARGUMENT = "0x80040203";
    static final String NOT_TRACKED = "0x80072491";
    static final String RELATED_NOT_TRACKED = "0x80072492";
    static final String NO_SUCH_LOGICAL_NAME = "0x80072493";
    static final String NO_SUCH_TABLE = "0x80041102";
    static final String NO_SUCH_PROPERTY = "0x80060888";
    static final String NO_SUCH_COLUMN = "0x80041103";
    static final String INVALID_PAGING_COOKIE = "0x8004112A";
    static final String PAGING_COOKIE_REQUIRED = "0x8004430A";
    static final String PRIVILEGE_DENIED = "0x80040220";
    static final String PRINCIPAL_PRIVILEGE_DENIED = "0x80048306";
    static final String NOT_A_USER = "0x80072560";
    static final String SQL_ERROR = "0x80044150";
    static final String SQL_TIMEOUT = "0x80044151";
    static final String CONCURRENCY_VERSION_MISMATCH = "0x80060882";
    static final String ORGANIZATION_DISABLED = "0x8004A104";
    static final String USER_DISABLED = "0x80040225";
    static final String IP_FIREWALL = "0x80095FFE";
    private static final String UNEXPECTED = "0x80040216";

    private static final int LONGEST_CODE = 40;
    private static final String NO_CODE = "0x0";

    /** Of what the service sent: a token, a link, a cookie. */
    private static final Set<String> OF_TOKENS =
            Set.of(EXPIRED_VERSION_STAMP, INVALID_ARGUMENT, INVALID_PAGING_COOKIE, PAGING_COOKIE_REQUIRED);

    private static final Set<String> FAILURES = Set.of(
            SQL_ERROR,
            SQL_TIMEOUT,
            UNEXPECTED,
            CONCURRENCY_VERSION_MISMATCH,
            ORGANIZATION_DISABLED,
            USER_DISABLED,
            IP_FIREWALL);

    /**
     * An error in the form of the service's.
     *
     * @param written its code as it stands in the answer; empty if there is none. The platform's codes have nothing to do
     *     with the status: a code that repeats it is a gateway's
     */
    public static ServiceError of(Answer answer, String written, String message) {
        boolean tells = !written.isBlank() && !written.strip().equals(Integer.toString(answer.status()));
        return new ServiceError(
                tells ? Origin.SERVICE : Origin.UNSURE,
                tells ? normal(answer.clean(written)) : "",
                answer.clean(message));
    }

    /** What can be said of an answer that carries no error of the service. */
    public static ServiceError foreign(Answer answer) {
        String words = FirstWords.of(answer);
        return new ServiceError(
                Origin.FOREIGN,
                "",
                "an answer of the type "
                        + answer.clean(answer.header("content-type").orElse("(none)")) + ", " + answer.body()
                        + (words.isEmpty() ? "" : ", \"" + words + "\""));
    }

    /** Whether it speaks of a token, a link or a cookie that the service sent before. */
    boolean isOfATokenOrCookie() {
        return OF_TOKENS.contains(code);
    }

    /** Whether a code tells of a failure that says nothing of what was asked for. */
    public static boolean isFailure(String code) {
        return FAILURES.contains(code);
    }

    /** Whether a column that was asked for is not there. The older codes of the Web API say so of nothing. */
    boolean isAboutAColumn() {
        return code.equals(NO_SUCH_COLUMN)
                || code.equals(NO_SUCH_PROPERTY)
                || message.startsWith("Could not find a property named");
    }

    /** The error with its code, as a sentence shows it. */
    public String text() {
        return code.isEmpty() || code.equals(NO_CODE) ? message : message + " (" + code + ")";
    }

    private static String normal(String code) {
        if (code.matches("0[xX][0-9a-fA-F]{8}|8[0-9a-fA-F]{7}")) {
            return "0x" + code.substring(code.length() - 8).toUpperCase(Locale.ROOT);
        }
        if (code.matches("-?\\d{5,11}")) {
            return String.format("0x%08X", (int) Long.parseLong(code));
        }
        return code.substring(0, Math.min(LONGEST_CODE, code.length()));
    }
}
