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
 * Where a link of the service leads: to the table, or it is refused. Its query is the service's own affair, and only looked at to
 * tell which columns will be missing.
 */
final class Continuation {

    private static final String VERSION = "v\\d+\\.\\d+";

    private Continuation() {}

    /**
     * Whether a link leads to the table itself, in any version of the Web API: one that leads through a function or an action
     * to it would be another request than one for rows. Each segment of the path is compared as a server decodes it; one
     * that is encoded twice is another name.
     *
     * @param entitySet name of the table in addresses
     * @param link absolute and admitted
     */
    static boolean leadsTo(String entitySet, String link) {
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

    /**
     * Those of the columns that a link leaves out, as far as it names any: the service may leave the option out, and add columns
     * of its own.
     */
    static List<String> dropped(List<String> columns, String link) {
        List<List<String>> selections = selections(link).toList();
        return columns.stream()
                .filter(column -> !selections.stream().allMatch(selection -> selection.contains(lower(column))))
                .toList();
    }

    private static Stream<List<String>> selections(String link) {
        int begin = link.indexOf('?');
        String query = begin < 0 ? "" : link.substring(begin + 1);
        return Arrays.stream(query.split("&"))
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
