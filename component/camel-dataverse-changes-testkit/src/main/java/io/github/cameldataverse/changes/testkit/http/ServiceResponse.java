package io.github.cameldataverse.changes.testkit.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An HTTP response of the simulated service. Immutable: every method that takes a value returns a changed copy.
 *
 * @param status HTTP status
 * @param headers in the order in which they are sent
 * @param body before any compression
 * @param transfer how the body is sent
 * @param failure how the connection ends instead, if no response is sent
 */
public record ServiceResponse(
        int status,
        List<Header> headers,
        ResponseBody body,
        BodyTransfer transfer,
        Optional<ConnectionFailure> failure) {
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
        return new ServiceResponse(status, List.of(), ResponseBody.NONE, BodyTransfer.WHOLE, Optional.empty());
    }

    /** An OData response in JSON. */
    public static ServiceResponse json(int status, ResponseBody body) {
        return json(status, MetadataLevel.MINIMAL, body);
    }

    /** An OData response in JSON with this much control information. */
    public static ServiceResponse json(int status, MetadataLevel level, ResponseBody body) {
        return status(status)
                .header("Content-Type", level.contentType())
                .header("OData-Version", "4.0")
                .body(body);
    }

    /** A response in text of this content type. */
    public static ServiceResponse text(int status, String contentType, String text) {
        return status(status).header("Content-Type", contentType).body(ResponseBody.of(text));
    }

    /** No response: the connection ends this way. */
    public static ServiceResponse failure(ConnectionFailure failure) {
        return new ServiceResponse(200, List.of(), ResponseBody.NONE, BodyTransfer.WHOLE, Optional.of(failure));
    }

    /** With this header in place of any of that name. */
    public ServiceResponse header(String name, String value) {
        List<Header> others = new ArrayList<>(headers);
        others.removeIf(header -> header.name().equalsIgnoreCase(name));
        others.add(new Header(name, value));
        return new ServiceResponse(status, others, body, transfer, failure);
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
        return new ServiceResponse(status, headers, other, transfer, failure);
    }

    /** With this status. */
    public ServiceResponse withStatus(int other) {
        return new ServiceResponse(other, headers, body, transfer, failure);
    }

    /** With the body sent this way. */
    public ServiceResponse transferred(BodyTransfer other) {
        return new ServiceResponse(status, headers, body, other, failure);
    }
}
