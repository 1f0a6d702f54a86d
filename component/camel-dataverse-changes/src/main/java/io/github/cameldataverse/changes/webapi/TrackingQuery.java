package io.github.cameldataverse.changes.webapi;

import io.github.cameldataverse.changes.source.TableDefinition;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The defining query: what is asked of the table, the same for every page.
 *
 * @param apiRoot {@code https://<host>/api/data/v9.2/}
 * @param select columns; empty for all
 * @param annotations value of the preference {@code odata.include-annotations}; empty for none
 * @param maxPageSize rows of a page, 1 to 5000
 */
public record TrackingQuery(String apiRoot, List<String> select, String annotations, int maxPageSize) {

    public TrackingQuery {
        select = List.copyOf(select);
    }

    /** What a stored link depends on. The order of the columns does not matter to anybody. */
    public String fingerprint() {
        return "api=webApi;select=" + select.stream().sorted().collect(Collectors.joining(",")) + ";annotations="
                + annotations;
    }

    /** Address of the first page of a full load. */
    String firstLink(TableDefinition table) {
        return apiRoot + table.entitySet() + (select.isEmpty() ? "" : "?$select=" + String.join(",", select));
    }

    /** Preferences of a first page: with them the service sends a delta link at the end. */
    String preferTracking() {
        return "odata.track-changes," + preferPaging();
    }

    /** Preferences of every other page. The page size does not live in the link: unsaid, it falls back to 5000. */
    String preferPaging() {
        return "odata.maxpagesize=" + maxPageSize
                + (annotations.isEmpty() ? "" : ",odata.include-annotations=\"" + annotations + "\"");
    }
}
