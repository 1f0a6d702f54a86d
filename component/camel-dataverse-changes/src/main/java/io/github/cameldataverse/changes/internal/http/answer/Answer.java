package io.github.cameldataverse.changes.internal.http.answer;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One answer of the service.
 *
 * @param from address that answered
 * @param status HTTP status
 * @param headers by name in lower case; the last one of a name counts
 * @param body the whole body
 * @param received when the answer was complete
 * @param secrets what none of its texts may show
 */
public record Answer(
        URI from, int status, Map<String, String> headers, Body body, Instant received, SecretsInUse secrets) {

    private static final Pattern REQUEST_ID = Pattern.compile("[0-9A-Za-z-]{8,64}");

    /** Value of a header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * By which the service's support finds the request ({@code x-ms-service-request-id}, {@code REQ_ID}); empty if it names
     * none, or something that is no id.
     */
    public String requestId() {
        return requestId(header("x-ms-service-request-id").or(() -> header("req_id")));
    }

    /** The same, where the body names it. */
    public static String requestId(Optional<String> served) {
        return served.map(String::strip).filter(REQUEST_ID.asMatchPredicate()).orElse("");
    }

    /** When it was written, by the clock of its writer; by that of this machine, if it does not say. */
    public Instant written() {
        return header("date").flatMap(HttpDate::of).orElse(received);
    }

    /** A text of the answer, fit for a message. */
    public String clean(String text) {
        return secrets.clean(text);
    }

    /** Whether its writer says that it has no body; without a word of that, it may have been cut before its body. */
    public boolean saysThatItIsEmpty() {
        boolean chunked =
                header("transfer-encoding").orElse("").toLowerCase(Locale.ROOT).contains("chunked");
        return body.length() == 0
                && (status == 204
                        || chunked
                        || header("content-length").orElse("").strip().equals("0"));
    }

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
