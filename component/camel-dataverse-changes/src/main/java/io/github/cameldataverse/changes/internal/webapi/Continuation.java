package io.github.cameldataverse.changes.internal.webapi;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a link of the service goes on with: the same table, and no column less. The rest of its query is the service's own
 * affair.
 *
 * @param entitySet name of the table in addresses
 * @param columns columns that were asked for; empty if all were
 */
record Continuation(String entitySet, List<String> columns) {

    private static final String VERSION = "v\\d+\\.\\d+";

    /**
     * Whether a link leads to the table itself, in any version of the Web API: one that leads through a function or an action
     * to it would be another request than one for rows. Each segment of the path is compared as a server decodes it; one
     * that is encoded twice is another name.
     *
     * @param link absolute and admitted
     */
    boolean leadsToTheTable(String link) {
        String[] path = pathOf(link).split("/", -1);
        return path.length == 5
                && path[0].isEmpty()
                && decoded(path[1]).equals("api")
                && decoded(path[2]).equals("data")
                && decoded(path[3]).matches(VERSION)
                && decoded(path[4]).equals(lower(entitySet));
    }

    private static String pathOf(String link) {
        try {
            String path = new URI(link).getRawPath();
            return path == null ? "" : path;
        } catch (URISyntaxException e) {
            return "";
        }
    }

    private static String decoded(String segment) {
        return lower(URLDecoder.decode(segment, StandardCharsets.UTF_8));
    }

    /** Whether a link leaves out none of the columns, as far as it names any: the service may leave the option out. */
    boolean keepsTheColumns(String link) {
        return selections(URI.create(link)).allMatch(selection -> selection.containsAll(lowerColumns()));
    }

    private List<String> lowerColumns() {
        return columns.stream().map(Continuation::lower).toList();
    }

    /** The service may add columns of its own. */
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
