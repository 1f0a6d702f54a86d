package io.github.cameldataverse.changes.testkit.internal.tracking;

import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredTable;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.time.Instant;
import java.util.Optional;

/** Reads pages by data version and paging cookie: the same rounds that the Web API serves by delta links. */
public final class TrackedPageReader {
    private final OrganizationTables organization;
    private final Switches switches;

    public TrackedPageReader(OrganizationTables organization, Switches switches) {
        this.organization = organization;
        this.switches = switches;
    }

    /**
     * The requested page; a refusal is a {@code ServiceRefusalException}.
     *
     * @param table whose changes are requested
     * @param dataVersion the token of the round before, or empty for a load
     * @param pagingCookie of the page before, or empty for the first page
     * @param count rows and tombstones in a page; a number that is not positive or too big stands for the maximum
     */
    public TrackedPage read(TableSchema table, Optional<String> dataVersion, Optional<String> pagingCookie, int count) {
        new ReadPrivileges(switches, table).requireTracked();
        int most = switches.get(Switch.MAX_ROWS_PER_PAGE);
        int size = count < 1 ? most : Math.min(most, count);
        return organization.read(table.logicalName(), rows -> page(rows, dataVersion, pagingCookie, size));
    }

    private TrackedPage page(StoredTable table, Optional<String> dataVersion, Optional<String> pagingCookie, int size) {
        Instant now = organization.clock().instant();
        PageStart start = new PageStart(table, switches, organization.versions(), now);
        PagePosition begin = start.of(dataVersion, pagingCookie);
        ChangesPage page = new ChangesPageReader(table, switches).read(begin, size);
        boolean unchanged = begin.kind() == PagePosition.Kind.DELTA && page.isEmpty() && begin.page() == 1;
        return new TrackedPage(
                table.layout(),
                page.rows(),
                page.tombstones(),
                unchanged,
                Optional.of(new DeltaToken(start.readUpTo(begin), now).text())
                        .filter(token -> page.isLast() && table.definition().tracked()),
                page.cookie(table.definition()).map(SkipToken::inner));
    }
}
