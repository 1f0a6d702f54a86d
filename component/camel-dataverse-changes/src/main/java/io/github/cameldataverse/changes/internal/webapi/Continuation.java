package io.github.cameldataverse.changes.internal.webapi;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a link must go on with: the same table, and no column less. The rest of a link is the service's own affair.
 *
 * @param entitySet name of the table in addresses
 * @param columns columns that were asked for; empty if all were
 */
record Continuation(String entitySet, List<String> columns) {

    /** @param link absolute and admitted */
    boolean holds(String link) {
        URI uri = URI.create(link);
        String path = lower(uri.getPath());
        return path.endsWith("/" + lower(entitySet))
                && selections(uri).allMatch(selection -> selection.containsAll(lowerColumns()));
    }

    private List<String> lowerColumns() {
        return columns.stream().map(Continuation::lower).toList();
    }

    /** The service may leave the option out, or add columns of its own. */
    private static Stream<List<String>> selections(URI uri) {
        String query = uri.getRawQuery();
        return Arrays.stream(query == null ? new String[0] : query.split("&"))
                .map(option -> URLDecoder.decode(option, StandardCharsets.UTF_8))
                .filter(option -> option.startsWith("$select="))
                .map(option -> Arrays.stream(option.substring(8).split(","))
                        .map(column -> lower(column.strip()))
                        .toList());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
