package io.github.cameldataverse.changes.testkit.wire;

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
public record Answer(int status, List<Header> headers, Body body, Delivery delivery, @Nullable Rupture rupture) {
    private static final String JSON = "application/json; odata.metadata=minimal";

    public Answer {
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
    public static Answer status(int status) {
        return new Answer(status, List.of(), Body.NONE, Delivery.WHOLE, null);
    }

    /** An OData answer in JSON. */
    public static Answer json(int status, Body body) {
        return status(status)
                .header("Content-Type", JSON)
                .header("OData-Version", "4.0")
                .body(body);
    }

    /** An answer in text of some kind. */
    public static Answer text(int status, String contentType, String text) {
        return status(status).header("Content-Type", contentType).body(Body.of(text));
    }

    /** No answer: the connection ends. */
    public static Answer rupture(Rupture rupture) {
        return new Answer(200, List.of(), Body.NONE, Delivery.WHOLE, rupture);
    }

    /** With this header in place of any of that name. */
    public Answer header(String name, String value) {
        List<Header> others = new ArrayList<>(headers);
        others.removeIf(header -> header.name().equalsIgnoreCase(name));
        others.add(new Header(name, value));
        return new Answer(status, others, body, delivery, rupture);
    }

    /** The value of a header. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    /** With this body. */
    public Answer body(Body other) {
        return new Answer(status, headers, other, delivery, rupture);
    }

    /** With this status. */
    public Answer withStatus(int other) {
        return new Answer(other, headers, body, delivery, rupture);
    }

    /** Leaving this way. */
    public Answer delivered(Delivery other) {
        return new Answer(status, headers, body, other, rupture);
    }
}
