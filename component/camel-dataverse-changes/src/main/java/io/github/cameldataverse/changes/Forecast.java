package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.http.ServiceFault;
import io.github.cameldataverse.changes.metadata.OrganizationMetadata;
import java.util.OptionalLong;

/** Says what a full load will cost. */
final class Forecast {

    static final String CHECK = "forecast";

    // One for the access token and one for the definition of the table.
    private static final int REQUESTS_BEFORE = 2;

    private final OrganizationMetadata metadata;
    private final int maxPageSize;

    Forecast(OrganizationMetadata metadata, int maxPageSize) {
        this.metadata = metadata;
        this.maxPageSize = maxPageSize;
    }

    Finding ofLoad(String logicalName) {
        try {
            OptionalLong rows = metadata.records(logicalName);
            return rows.isPresent()
                    ? Finding.ok(CHECK, words(rows.getAsLong()))
                    : Finding.warn(CHECK, "the organization does not tell how many rows there are");
        } catch (ServiceFault e) {
            return Finding.warn(CHECK, String.valueOf(e.getMessage()));
        }
    }

    private String words(long rows) {
        long pages = Math.max(1, (rows + maxPageSize - 1) / maxPageSize);
        return rows + " rows, counted within the last day: " + pages + " pages of up to " + maxPageSize + ", "
                + (pages + REQUESTS_BEFORE) + " requests";
    }
}
