package io.github.cameldataverse.changes.testkit.internal.odata;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredTable;
import io.github.cameldataverse.changes.testkit.internal.tracking.ChangesPageReader;
import io.github.cameldataverse.changes.testkit.internal.tracking.DeltaTokenAge;
import io.github.cameldataverse.changes.testkit.internal.tracking.PagePosition;
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
    private static final long MOST = 5000;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final OrganizationTables organization;
    private final Switches switches;

    public EntitySetCount(OrganizationTables organization, Switches switches) {
        this.organization = organization;
        this.switches = switches;
    }

    /** The count that is asked for. */
    public ServiceResponse answer(ServiceRequest question, TableSchema table) {
        new ReadPrivileges(switches, table).requireRead();
        Optional<String> token = question.query().value("$deltatoken");
        if (token.isPresent()) {
            new QueryOptionRules(question.query(), switches).requireTrackable();
        }
        long count = organization.read(table.logicalName(), rows -> token.map(text -> changes(rows, text))
                .orElseGet(() -> all(rows)));
        return ServiceResponse.text(200, "text/plain", BYTE_ORDER_MARK + count).header("OData-Version", "4.0");
    }

    private Long changes(StoredTable table, String token) {
        PageStart starts = new PageStart(
                table, switches, organization.versions(), organization.clock().instant());
        PagePosition start =
                new DeltaTokenAge(table, switches, organization.clock().instant()).checked(starts.delta(token));
        return new ChangesPageReader(table, switches).count(start);
    }

    private static Long all(StoredTable table) {
        return Math.min(MOST, table.rows().size());
    }
}
