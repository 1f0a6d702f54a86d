package io.github.cameldataverse.changes.internal.source;

import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The defining query: what is asked of the table, the same for every page.
 *
 * @param api which of the two is asked for pages
 * @param apiRoot {@code https://<host>/api/data/v9.2/}
 * @param select columns as the Web API names them, {@code _x_value} for a lookup; empty for all
 * @param annotations value of the preference {@code odata.include-annotations}; empty for none
 * @param maxPageSize rows of a page, 1 to 5000
 */
public record TrackingQuery(
        ChangeTrackingApi api, String apiRoot, List<String> select, String annotations, int maxPageSize) {

    public TrackingQuery {
        select = List.copyOf(select);
    }

    /** Whether what a link was asked with says that another API was. */
    public boolean isOfAnotherApi(String otherFingerprint) {
        return otherFingerprint.startsWith("api=") && !otherFingerprint.startsWith("api=" + api.word() + ";");
    }

    /** The same with pages of another size, on which no link depends. */
    TrackingQuery withPageSize(int rows) {
        return new TrackingQuery(api, apiRoot, select, annotations, rows);
    }

    /** What a stored link depends on. The order of the columns does not matter. */
    public String fingerprint() {
        return "api=" + api.word() + ";select=" + select.stream().sorted().collect(Collectors.joining(","))
                + ";annotations=" + annotations;
    }
}
