package io.github.cameldataverse.changes.testkit.http;

/** The platform's error codes, as the Web API writes them; the Organization Service writes the same numbers in signed decimal. */
public final class ErrorCodes {
    public static final String NONE = "0x0";
    public static final String EXPIRED_VERSION_STAMP = "0x80044352";
    public static final String INVALID_ARGUMENT = "0x80040203";
    public static final String NOT_TRACKED = "0x80072491";
    public static final String PRIVILEGE_DENIED = "0x80040220";
    public static final String NO_SUCH_TABLE = "0x80072493";
    public static final String NO_SUCH_COLUMN = "0x80041103";
    public static final String NO_SUCH_ROW = "0x80040217";
    public static final String NO_ROW_WITH_KEY = "0x80060891";
    public static final String DUPLICATE_ROW = "0x80040237";
    public static final String DUPLICATE_KEY = "0x80060892";
    public static final String OTHER_VERSION = "0x80060882";
    public static final String RESOURCE = "0x80060888";
    public static final String INVALID_PAGING_COOKIE = "0x8004112A";
    public static final String NO_PAGING_COOKIE = "0x8004430A";
    public static final String UNEXPECTED = "0x80040216";
    public static final String TOO_MANY_REQUESTS = "0x80072322";
    public static final String TOO_MUCH_TIME = "0x80072321";
    public static final String TOO_MANY_AT_ONCE = "0x80072326";

    private ErrorCodes() {}
}
