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
final class ODataFaults implements FaultReader {

    private static final Set<String> LIMITS =
            Set.of("0x80072321", "0x80072322", "0x80072326", "0x8005F103", "0x80072323", "0x80072324");

    private final String table;
    private final boolean askedByLink;
    private final Duration maxRetryAfter;

    /** @param askedByLink whether the request was a link of the service: only then is there a token that can have expired */
    ODataFaults(String table, boolean askedByLink, Duration maxRetryAfter) {
        this.table = table;
        this.askedByLink = askedByLink;
        this.maxRetryAfter = maxRetryAfter;
    }

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
            case 401 -> new ServiceFault.Unauthorized(unauthorized(answer, error), status, null);
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
        return "The service no longer knows the delta token of the table " + table + ": " + error.text()
                + ". Changes since then cannot be told one by one; read the table again with the producer operation"
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

    private static String unauthorized(Answer answer, ODataError error) {
        String hint = answer.header("www-authenticate")
                .flatMap(BearerChallenge::place)
                .map(place -> " The organization names " + place + " as the place to sign in.")
                .orElse("");
        return "The service refused a fresh access token: " + error.text() + "." + hint
                + " Check that the application belongs to the tenant of the organization, and that organizationUrl is"
                + " right";
    }

    private String forbidden(ODataError error) {
        return "The application may not read the changes of the table " + table + ": " + error.text()
                + ". Make it an application user of the organization with a role that can read this table at"
                + " organization level";
    }

    private String permanent(int status, ODataError error) {
        String what =
                "The service refused the request for the table " + table + " (HTTP " + status + "): " + error.text();
        return error.code().equals(ODataError.NOT_TRACKED) ? what + ". " + TableLookup.HOW_TO_TRACK : what;
    }
}
