package io.github.cameldataverse.changes.internal.subscription;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.util.PropertiesHelper;

/** The options {@code http.*} of an endpoint, in all forms in which they can be written. */
public final class HttpOptionTexts {

    private static final String WHOLE = "httpOptions";
    private static final String SECRET = "proxyAuthPassword";

    private HttpOptionTexts() {}

    /** Takes them out of the parameters of an endpoint; by name without the prefix. */
    public static Map<String, Object> taken(Map<String, Object> parameters) {
        Map<String, Object> options = new HashMap<>(PropertiesHelper.extractProperties(parameters, "http."));
        Object whole = parameters.get(WHOLE);
        if (whole instanceof Map<?, ?> map) {
            map.forEach((name, value) -> options.put(String.valueOf(name), value));
            parameters.remove(WHOLE);
        } else if (whole instanceof String text && text.startsWith("{") && text.endsWith("}")) {
            options.putAll(read(text.substring(1, text.length() - 1)));
            parameters.remove(WHOLE);
        }
        return options;
    }

    /** Camel's YAML writes a nested map into the URI as Java prints it, where the URI has the table in its path. */
    private static Map<String, String> read(String map) {
        if (map.contains(SECRET)) {
            throw new IllegalArgumentException("The option httpOptions must not hold " + SECRET
                    + " beside a uri with the table in it, because Camel shows it in logs, and in this very error; write"
                    + " the parameter http." + SECRET + " instead, and change the password if others can read"
                    + " this");
        }
        return Arrays.stream(map.split(",\\s*(?=\\w+=)"))
                .map(entry -> entry.split("=", 2))
                .filter(entry -> entry.length == 2)
                .collect(Collectors.toMap(entry -> entry[0].strip(), entry -> entry[1], (first, second) -> second));
    }
}
