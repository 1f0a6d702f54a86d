package io.github.cameldataverse.changes.testkit.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What goes out. Immutable; every method that takes a value gives a changed copy.
 *
 * @param status HTTP status
 * @param headers in the order in which they are sent
 * @param body before any compression
 * @param delivery how the body leaves
 * @param rupture how the connection ends instead, or null for an answer that is sent
 */
public record ServiceResponse(
        int status,
        List<Header> headers,
        ResponseBody body,
        BodyTransfer delivery,
        @Nullable ConnectionFailure rupture) {
    private static final String JSON = "application/json; odata.metadata=minimal";

    public ServiceResponse {
        headers = List.copyOf(headers);
    }

    /**
     * A header.
     *
     * @param name as it is sent
     * @param value as it is sent
     */
    public record Header(String name, String value) {}

    /** A status and nothing else. */
    public static ServiceResponse status(int status) {
        return new ServiceResponse(status, List.of(), ResponseBody.NONE, BodyTransfer.WHOLE, null);
    }

    /** An OData answer in JSON. */
    public static ServiceResponse json(int status, ResponseBody body) {
        return status(status)
                .header("Content-Type", JSON)
                .header("OData-Version", "4.0")
                .body(body);
    }

    /** An answer in text of some kind. */
    public static ServiceResponse text(int status, String contentType, String text) {
        return status(status).header("Content-Type", contentType).body(ResponseBody.of(text));
    }

    /** No answer: the connection ends. */
    public static ServiceResponse rupture(ConnectionFailure rupture) {
        return new ServiceResponse(200, List.of(), ResponseBody.NONE, BodyTransfer.WHOLE, rupture);
    }

    /** With this header in place of any of that name. */
    public ServiceResponse header(String name, String value) {
        List<Header> others = new ArrayList<>(headers);
        others.removeIf(header -> header.name().equalsIgnoreCase(name));
        others.add(new Header(name, value));
        return new ServiceResponse(status, others, body, delivery, rupture);
    }

    /** The value of a header. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    /** With this body. */
    public ServiceResponse body(ResponseBody other) {
        return new ServiceResponse(status, headers, other, delivery, rupture);
    }

    /** With this status. */
    public ServiceResponse withStatus(int other) {
        return new ServiceResponse(other, headers, body, delivery, rupture);
    }

    /** Leaving this way. */
    public ServiceResponse delivered(BodyTransfer other) {
        return new ServiceResponse(status, headers, body, other, rupture);
    }
}
