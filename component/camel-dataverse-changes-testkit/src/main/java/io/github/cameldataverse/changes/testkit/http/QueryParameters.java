package io.github.cameldataverse.changes.testkit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The query of a request, decoded as leniently as the platform does: {@code +} is a space, hex digits in either case. */
public final class QueryParameters {
    private final String raw;
    private final Map<String, String> values = new LinkedHashMap<>();

    private QueryParameters(String raw) {
        this.raw = raw;
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            values.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
    }

    /** Parses what follows the question mark. */
    public static QueryParameters of(String raw) {
        return new QueryParameters(raw);
    }

    /** As it was sent. */
    public String raw() {
        return raw;
    }

    /** The decoded value of a parameter. */
    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Whether the parameter is there, with or without a value. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
