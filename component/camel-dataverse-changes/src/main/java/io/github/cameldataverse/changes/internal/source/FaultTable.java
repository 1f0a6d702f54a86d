package io.github.cameldataverse.changes.internal.source;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.RetryAfter;
import io.github.cameldataverse.changes.internal.source.ServiceError.Origin;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the faults of the service apart, whichever API reports them. Codes decide before the status does: the status of most
 * faults is not documented, and every fault of SOAP is an HTTP 500 (service protection limits: learn.microsoft.com,
 * "Service protection API limits"; token expiry: the change tracking document). What is not recognisably the service's says
 * nothing of a token, whatever its status.
 *
 * @param subject what is asked for, for the sentences
 * @param reference what the request referred to: only a token of the service can have expired
 * @param maxRetryAfter longest wait that is believed
 */
public record FaultTable(Subject subject, Reference reference, Duration maxRetryAfter) {

    /** What a request refers to of the answers before it. */
    public enum Reference {
        /** Nothing: the request is made of configuration alone. */
        NONE,
        /** A token of the service, or a link or cookie that holds one. */
        TOKEN
    }

    /**
     * What is asked for, for the sentences.
     *
     * @param what what the request is for: "the table account"
     * @param action what the application may not do if it is refused: "read the changes of the table account"
     * @param remedy what can be done then, as a sentence without a full stop
     */
    public record Subject(String what, String action, String remedy) {}

    /** The faults of a request for the changes of a table. */
    public static FaultTable of(String table, Reference reference, Duration maxRetryAfter) {
        Subject changes = new Subject(
                "the table " + table,
                "read the changes of the table " + table,
                "Make it an application user of the organization with a role that can read this table at organization"
                        + " level");
        return new FaultTable(changes, reference, maxRetryAfter);
    }

    /** What to do about a table whose changes are not tracked. */
    public static final String HOW_TO_TRACK =
            "Turn on \"Track changes\" in the advanced options of the table in Power Apps; it cannot be turned off again";

    private static final Set<String> LIMITS =
            Set.of("0x80072321", "0x80072322", "0x80072326", "0x8005F103", "0x80072323", "0x80072324");

    /**
     * The fault of an answer that carries the error, whatever its status. It has the code of the error only if that is the
     * service's own.
     *
     * @param retryAfter how long to wait, where the body says so; goes before the header
     */
    public ServiceFault fault(Answer answer, ServiceError error, Optional<String> retryAfter) {
        return told(answer, error, retryAfter).withErrorCode(error.code()).withRequestId(answer.requestId());
    }

    private ServiceFault told(Answer answer, ServiceError error, Optional<String> retryAfter) {
        int status = answer.status();
        if (isThrottled(answer, error)) {
            Instant until = RetryAfter.until(
                    retryAfter.or(() -> answer.header("retry-after")),
                    answer.received(),
                    answer.written(),
                    maxRetryAfter);
            return new ServiceFault.Throttled(
                    "The service asks to wait until " + until + ": " + error.text(), status, until);
        }
        if (reference == Reference.TOKEN && error.isOfATokenOrCookie()) {
            return new ServiceFault.TokenExpired(expired(error), status);
        }
        return byCode(answer, error);
    }

    private ServiceFault byCode(Answer answer, ServiceError error) {
        int status = answer.status();
        return switch (error.code()) {
            case ServiceError.PRIVILEGE_DENIED, ServiceError.PRINCIPAL_PRIVILEGE_DENIED, ServiceError.NOT_A_USER ->
                new ServiceFault.Forbidden(forbidden(error), status);
            case ServiceError.NOT_TRACKED,
                    ServiceError.RELATED_NOT_TRACKED,
                    ServiceError.NO_SUCH_LOGICAL_NAME,
                    ServiceError.NO_SUCH_TABLE,
                    ServiceError.NO_SUCH_COLUMN,
                    ServiceError.INVALID_ARGUMENT,
                    ServiceError.INVALID_PAGING_COOKIE,
                    ServiceError.PAGING_COOKIE_REQUIRED -> new ServiceFault.Permanent(permanent(status, error), status);
            case ServiceError.SQL_ERROR, ServiceError.SQL_TIMEOUT, ServiceError.CONCURRENCY_VERSION_MISMATCH ->
                failed(status, error);
            case ServiceError.ORGANIZATION_DISABLED ->
                kept(
                        error,
                        status,
                        "The organization is disabled",
                        "An administrator can enable the environment again in the Power Platform admin center");
            case ServiceError.USER_DISABLED ->
                kept(
                        error,
                        status,
                        "The application user is disabled",
                        "Enable it again among the application users of the environment");
            case ServiceError.IP_FIREWALL ->
                kept(
                        error,
                        status,
                        "The IP firewall of the environment keeps this machine out",
                        "Add the address under which it reaches the Internet to the firewall, in the Power Platform admin center");
            default -> byStatus(answer, error);
        };
    }

    private ServiceFault byStatus(Answer answer, ServiceError error) {
        int status = answer.status();
        return switch (status) {
            case 301, 302, 303, 307, 308 -> redirected(answer);
            case 401 -> new ServiceFault.Unauthorized(unauthorized(answer, error), status, null);
            case 403 -> new ServiceFault.Forbidden(permanent(status, error), status);
            // 200 is no refusal of what was asked for, so the same may be asked again.
            case 200, 408, 500, 502, 503, 504, 520 -> failed(status, error);
            default -> new ServiceFault.Permanent(permanent(status, error), status);
        };
    }

    /** Nothing is wrong with the request or with the rights of who asks. */
    private static ServiceFault.Forbidden kept(ServiceError error, int status, String what, String remedy) {
        return new ServiceFault.Forbidden(what + ": " + error.text() + ". " + remedy, status);
    }

    private static ServiceFault.Transient failed(int status, ServiceError error) {
        String who = error.origin() == Origin.FOREIGN ? ", or something in front of it" : "";
        return new ServiceFault.Transient(
                "The service failed" + who + " (HTTP " + status + "): " + error.text(), status, null);
    }

    private static boolean isThrottled(Answer answer, ServiceError error) {
        return answer.status() == 429
                || LIMITS.contains(error.code())
                || answer.status() == 503 && answer.header("retry-after").isPresent();
    }

    private String expired(ServiceError error) {
        return "The service no longer knows the delta token of " + subject.what() + ": " + error.text()
                + ". It is too old, or the definition of the table was changed; changes since then cannot be told one by"
                + " one";
    }

    private static ServiceFault.Permanent redirected(Answer answer) {
        String host = answer.header("location").map(FaultTable::hostOf).orElse("an unknown place");
        return new ServiceFault.Permanent(
                "The service, or something between it and this process, redirects to " + answer.clean(host) + " (HTTP "
                        + answer.status()
                        + "). Redirects are not followed, because the access token would go along; set organizationUrl"
                        + " to the address of the organization itself, or get past what stands between",
                answer.status());
    }

    private static String hostOf(String location) {
        try {
            String host = URI.create(location).getHost();
            return host == null ? "an address of its own" : host;
        } catch (IllegalArgumentException e) {
            return "an unreadable address";
        }
    }

    private static String unauthorized(Answer answer, ServiceError error) {
        String hint = answer.header("www-authenticate")
                .flatMap(BearerChallenge::place)
                .map(place -> " The organization names " + answer.clean(place) + " as the place to sign in.")
                .orElse("");
        return "The service refused a fresh access token: " + error.text() + "." + hint
                + " Check that the application belongs to the tenant of the organization, and that organizationUrl is"
                + " right";
    }

    private String forbidden(ServiceError error) {
        return "The application may not " + subject.action() + ": " + error.text() + ". " + subject.remedy();
    }

    private String foreign(int status, ServiceError error) {
        return inItsPlace(subject.what(), status, error.text());
    }

    /** The sentence of an answer that is not the service's. */
    public static String inItsPlace(String what, int status, String words) {
        return "Something between this process and the service answered the request for " + what
                + " in its place (HTTP " + status + "): " + words
                + ". Look at the proxy (http.proxyHost), the firewall or the gateway on the way, and at organizationUrl; such"
                + " an answer moves no token";
    }

    private String permanent(int status, ServiceError error) {
        if (error.origin() == Origin.FOREIGN) {
            return foreign(status, error);
        }
        String what =
                "The service refused the request for " + subject.what() + " (HTTP " + status + "): " + error.text();
        if (error.isAboutAColumn()) {
            return what + ". Check the option select: columns go by their logical names, lookups as _column_value";
        }
        return error.code().equals(ServiceError.NOT_TRACKED) ? what + ". " + HOW_TO_TRACK : what;
    }
}
