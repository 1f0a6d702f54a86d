package io.github.cameldataverse.changes.testkit.internal.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code $filter} of definitions: comparisons {@code Name eq value} or {@code Name/Value ne value}, joined by {@code and}
 * and {@code or}, without parentheses.
 */
final class FilterExpression {
    private static final Pattern COMPARISON =
            Pattern.compile("\\s*([A-Za-z]+(?:/[A-Za-z]+)?)\\s+(eq|ne)\\s+('(?:[^']|'')*'|true|false|null|-?\\d+)\\s*");
    private static final Pattern JOINT = Pattern.compile("(and|or)\\s");

    private final String text;
    private final List<List<Comparison>> alternatives = new ArrayList<>();

    private FilterExpression(String text) {
        this.text = text;
    }

    /** A property, compared with a literal. */
    private record Comparison(String path, boolean equal, String literal) {
        boolean matches(JsonNode definition) {
            return equal == literal.equals(literalOf(definition.at("/" + path)));
        }

        private static String literalOf(JsonNode value) {
            return value.isTextual() ? "'" + value.asText().replace("'", "''") + "'" : value.asText("null");
        }
    }

    static FilterExpression of(String text) {
        FilterExpression filter = new FilterExpression(text);
        filter.parse();
        return filter;
    }

    boolean matches(JsonNode definition) {
        return alternatives.stream().anyMatch(all -> all.stream().allMatch(each -> each.matches(definition)));
    }

    private void parse() {
        List<Comparison> current = new ArrayList<>();
        alternatives.add(current);
        int at = comparison(0, current);
        while (at < text.length()) {
            Matcher joint = JOINT.matcher(text).region(at, text.length());
            if (!joint.lookingAt()) {
                throw refused();
            }
            if ("or".equals(joint.group(1))) {
                current = new ArrayList<>();
                alternatives.add(current);
            }
            at = comparison(joint.end(), current);
        }
    }

    private int comparison(int from, List<Comparison> into) {
        Matcher matcher = COMPARISON.matcher(text).region(from, text.length());
        if (!matcher.lookingAt()) {
            throw refused();
        }
        into.add(new Comparison(matcher.group(1), "eq".equals(matcher.group(2)), matcher.group(3)));
        return matcher.end();
    }

    private ServiceRefusalException refused() {
        return new ServiceRefusalException(
                400,
                ErrorCodes.RESOURCE,
                "The filter '" + text + "' cannot be read; compare members with eq or ne, joined by and or or.");
    }
}
