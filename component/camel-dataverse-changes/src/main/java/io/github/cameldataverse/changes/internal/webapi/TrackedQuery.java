package io.github.cameldataverse.changes.internal.webapi;

import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.source.TrackingQuery;

/** The defining query as addresses and preferences of the Web API. */
record TrackedQuery(TrackingQuery query) {

    /** Address of the first page of a full load. */
    String firstLink(TableDefinition table) {
        String columns = String.join(",", query.select());
        return query.apiRoot() + table.entitySet() + (columns.isEmpty() ? "" : "?$select=" + columns);
    }

    /** Preferences of a first page: with them the service sends a delta link at the end. */
    String preferTracking() {
        return "odata.track-changes," + preferPaging();
    }

    /** Preferences of every other page. The page size does not live in the link: unsaid, it falls back to 5000. */
    String preferPaging() {
        return "odata.maxpagesize=" + query.maxPageSize()
                + (query.annotations().isEmpty() ? "" : ",odata.include-annotations=\"" + query.annotations() + "\"");
    }
}
