package io.github.cameldataverse.changes.internal.preflight;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.organization.metadata.OrganizationMetadata;
import io.github.cameldataverse.changes.internal.source.TrackingQuery;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import java.util.OptionalLong;

/** Says what a full load will cost. */
final class LoadForecast {

    static final String CHECK = "forecast";

    private final OrganizationMetadata metadata;
    private final TrackingQuery query;

    LoadForecast(OrganizationMetadata metadata, TrackingQuery query) {
        this.metadata = metadata;
        this.query = query;
    }

    PreflightFinding ofLoad(String logicalName) {
        try {
            OptionalLong rows = metadata.records(logicalName);
            return rows.isPresent()
                    ? PreflightFinding.ok(CHECK, words(rows.getAsLong()))
                    : PreflightFinding.warn(CHECK, "the organization does not tell how many rows there are");
        } catch (ServiceFault e) {
            return PreflightFinding.warn(CHECK, String.valueOf(e.getMessage()));
        }
    }

    private String words(long rows) {
        int size = query.maxPageSize();
        long pages = Math.max(1, (rows + size - 1) / size);
        return rows + " rows, counted within the last day: " + pages + " pages of up to " + size + ", "
                + (pages + requestsBesides()) + " requests";
    }

    /** For the access token, for the definition of the table, and by SOAP for those of its date columns. */
    private int requestsBesides() {
        return query.api() == ChangeTrackingApi.ORGANIZATION_SERVICE ? 3 : 2;
    }
}
