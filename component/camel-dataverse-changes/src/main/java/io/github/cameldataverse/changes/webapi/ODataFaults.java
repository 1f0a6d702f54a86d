package io.github.cameldataverse.changes.webapi;

import io.github.cameldataverse.changes.http.Answer;
import io.github.cameldataverse.changes.http.FaultReader;
import io.github.cameldataverse.changes.http.RetryAfter;
import io.github.cameldataverse.changes.http.ServiceFault;
import io.github.cameldataverse.changes.http.ServiceText;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Tells the faults of the Web API apart. Codes decide before the status does: the status of most faults is not
 * documented (service protection limits: learn.microsoft.com, "Service protection API limits"; token expiry: the change
 * tracking document).
 */
public final class ODataFaults implements FaultReader {

    private static final Set<String> LIMITS =
            Set.of("0x80072321", "0x80072322", "0x80072326", "0x8005F103", "0x80072323", "0x80072324");

    private final Subject subject;
    private final boolean askedByLink;
    private final Duration maxRetryAfter;

    /** @param askedByLink whether the request was a link of the service: only then is there a token that can have expired */
    ODataFaults(String table, boolean askedByLink, Duration maxRetryAfter) {
        this(
                new Subject(
                        "the table " + table,
                        "read the changes of the table " + table,
                        "Make it an application user of the organization with a role that can read this table at"
                                + " organization level"),
                askedByLink,
                maxRetryAfter);
    }

    private ODataFaults(Subject subject, boolean askedByLink, Duration maxRetryAfter) {
        this.subject = subject;
        this.askedByLink = askedByLink;
        this.maxRetryAfter = maxRetryAfter;
    }

    /** The faults of a request for something else than changes. */
    public static ODataFaults of(Subject subject, Duration maxRetryAfter) {
        return new ODataFaults(subject, false, maxRetryAfter);
    }

    /**
     * What is asked for, in the words of the sentences.
     *
     * @param what what the request is for: "the table account"
     * @param deed what the application may not do if it is refused: "read the changes of the table account"
     * @param remedy what somebody can do then, as a sentence without a full stop
     */
    public record Subject(String what, String deed, String remedy) {}

    @Override
    public void check(Answer answer) throws ServiceFault {
        if (!answer.isSuccess()) {
            throw fault(answer, ODataError.of(answer));
        }
    }

    /** The fault of an answer that carries the error, whatever its status. */
    ServiceFault fault(Answer answer, ODataError error) {
        int status = answer.status();
        if (isThrottled(answer, error)) {
            Instant until = RetryAfter.until(answer.header("retry-after"), answer.received(), maxRetryAfter);
            return new ServiceFault.Throttled(
                    "The service asks to wait until " + until + ": " + error.text(), status, until);
        }
        if (isExpired(status, error)) {
            return new ServiceFault.TokenExpired(expired(error), status);
        }
        return switch (error.code()) {
            case ODataError.PRIVILEGE_DENIED -> new ServiceFault.Forbidden(forbidden(error), status);
            case ODataError.NOT_TRACKED -> new ServiceFault.Permanent(permanent(status, error), status);
            case ODataError.SQL_ERROR, ODataError.SQL_TIMEOUT -> unwell(status, error);
            default -> byStatus(answer, error);
        };
    }

    private ServiceFault byStatus(Answer answer, ODataError error) {
        int status = answer.status();
        return switch (status) {
            case 301, 302, 303, 307, 308 -> redirected(answer);
            case 401 -> new ServiceFault.Unauthorized(unauthorized(error), status, null);
            case 403 -> new ServiceFault.Forbidden(forbidden(error), status);
            case 408, 500, 502, 503, 504 -> unwell(status, error);
            default -> new ServiceFault.Permanent(permanent(status, error), status);
        };
    }

    private static ServiceFault.Transient unwell(int status, ODataError error) {
        return new ServiceFault.Transient(
                "The service is not well (HTTP " + status + "): " + error.text(), status, null);
    }

    private static boolean isThrottled(Answer answer, ODataError error) {
        return answer.status() == 429
                || LIMITS.contains(error.code())
                || answer.status() == 503 && answer.header("retry-after").isPresent();
    }

    private boolean isExpired(int status, ODataError error) {
        return askedByLink
                && (status == 410
                        || error.code().equals(ODataError.EXPIRED_VERSION_STAMP)
                        || error.code().equals(ODataError.INVALID_ARGUMENT));
    }

    private String expired(ODataError error) {
        return "The service no longer knows the delta token of " + subject.what() + ": " + error.text()
                + ". It is too old, or the definition of the table was changed; changes since then cannot be told one by one."
                + " Read the table again with the producer operation"
                + " resync, or set onTokenExpired=resync";
    }

    private static ServiceFault.Permanent redirected(Answer answer) {
        String host = answer.header("location").map(ODataFaults::hostOf).orElse("an unknown place");
        return new ServiceFault.Permanent(
                "The service redirects to " + host + " (HTTP " + answer.status()
                        + "). Redirects are not followed, because the access token would go along; set organizationUrl"
                        + " to the address of the organization itself",
                answer.status());
    }

    private static String hostOf(String location) {
        try {
            String host = URI.create(location).getHost();
            return host == null ? "an address of its own" : ServiceText.clean(host);
        } catch (IllegalArgumentException e) {
            return "an unreadable address";
        }
    }

    private static String unauthorized(ODataError error) {
        return "The service refused a fresh access token: " + error.text()
                + ". Check that the application belongs to the tenant of the organization, and that organizationUrl is"
                + " right";
    }

    private String forbidden(ODataError error) {
        return "The application may not " + subject.deed() + ": " + error.text() + ". " + subject.remedy();
    }

    private String permanent(int status, ODataError error) {
        String what =
                "The service refused the request for " + subject.what() + " (HTTP " + status + "): " + error.text();
        return error.code().equals(ODataError.NOT_TRACKED) ? what + ". " + TableLookup.HOW_TO_TRACK : what;
    }
}
