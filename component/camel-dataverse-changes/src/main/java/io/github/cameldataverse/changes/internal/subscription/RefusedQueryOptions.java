package io.github.cameldataverse.changes.internal.subscription;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses what a tracked query cannot have, in Dataverse's own words (spec: "Query options not supported in Change
 * Tracking Web API request"). Here it fails at the start and not at the first poll.
 */
public final class RefusedQueryOptions {

    private static final List<String> REFUSED = List.of("filter", "orderby", "expand", "top");

    private RefusedQueryOptions() {}

    public static void check(String table, Set<String> options) {
        checkText(table);
        for (String option : new TreeSet<>(options)) {
            String name = option.toLowerCase(Locale.ROOT).replace("%24", "$").replaceFirst("^\\$", "");
            if (REFUSED.contains(name)) {
                throw refused(name);
            }
        }
    }

    /** Finds a query option inside a text that should be a name, such as {@code accounts?$filter=…}. */
    static void checkText(String text) {
        String lower = text.toLowerCase(Locale.ROOT).replace("%24", "$");
        REFUSED.stream().filter(name -> lower.contains("$" + name)).findFirst().ifPresent(name -> {
            throw refused(name);
        });
    }

    private static IllegalArgumentException refused(String name) {
        return new IllegalArgumentException(
                "The \"$" + name + "\" query parameter isn't supported when Change Tracking is enabled."
                        + " Filter in the route instead");
    }
}
