package io.github.cameldataverse.changes.testkit.internal.odata;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredTable;
import io.github.cameldataverse.changes.testkit.internal.tracking.ChangesPageReader;
import io.github.cameldataverse.changes.testkit.internal.tracking.PageStart;
import io.github.cameldataverse.changes.testkit.internal.tracking.ReadPrivileges;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.Optional;

/**
 * Answers {@code accounts/$count}: with a delta token the number of changes since, tombstones included; without one the
 * number of rows, which the platform counts no further than 5,000. Plain text behind a byte order mark.
 */
public final class EntitySetCount {
    private static final long MAX_COUNT = 5000;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final OrganizationTables organization;
    private final Switches switches;

    public EntitySetCount(OrganizationTables organization, Switches switches) {
        this.organization = organization;
        this.switches = switches;
    }

    /** The requested count. */
    public ServiceResponse answer(ServiceRequest request, TableSchema table) {
        new ReadPrivileges(switches, table).requireRead();
        Optional<String> token = request.query().value("$deltatoken");
        if (token.isPresent()) {
            new QueryOptionRules(request.query(), switches).requireTrackable();
        }
        long count = organization.read(table.logicalName(), rows -> token.map(text -> changes(rows, text))
                .orElseGet(() -> all(rows)));
        return ServiceResponse.text(200, "text/plain", BYTE_ORDER_MARK + count).header("OData-Version", "4.0");
    }

    private Long changes(StoredTable table, String token) {
        PageStart start = new PageStart(
                table, switches, organization.versions(), organization.clock().instant());
        return new ChangesPageReader(table, switches).count(start.ofDelta(token));
    }

    private static Long all(StoredTable table) {
        return Math.min(MAX_COUNT, table.rows().size());
    }
}
