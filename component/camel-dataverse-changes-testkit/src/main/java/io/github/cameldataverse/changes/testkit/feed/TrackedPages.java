package io.github.cameldataverse.changes.testkit.feed;

import io.github.cameldataverse.changes.testkit.model.Organization;
import io.github.cameldataverse.changes.testkit.model.Table;
import io.github.cameldataverse.changes.testkit.model.TableDefinition;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.time.Instant;
import java.util.Optional;

/** Reads pages for those who ask by data version and paging cookie: the same rounds that delta links lead through. */
public final class TrackedPages {
    private final Organization organization;
    private final Switches switches;

    public TrackedPages(Organization organization, Switches switches) {
        this.organization = organization;
        this.switches = switches;
    }

    /**
     * The page that is asked for; a refusal is a {@code ServiceException}.
     *
     * @param table whose changes are meant
     * @param dataVersion the token of the round before, or empty for a load
     * @param pagingCookie of the page before, or empty for the first page
     * @param count rows and tombstones in a page; what is no positive number or too big means as many as there may be
     */
    public TrackedPage read(
            TableDefinition table, Optional<String> dataVersion, Optional<String> pagingCookie, int count) {
        new Rights(switches, table).requireTracked();
        int most = switches.get(Switch.MAX_ROWS_PER_PAGE);
        int size = count < 1 ? most : Math.min(most, count);
        return organization.read(table.logicalName(), rows -> page(rows, dataVersion, pagingCookie, size));
    }

    private TrackedPage page(Table table, Optional<String> dataVersion, Optional<String> pagingCookie, int size) {
        Instant now = organization.clock().instant();
        Starts starts = new Starts(table, switches, organization.versions(), now);
        Position begin = starts.position(dataVersion, pagingCookie);
        Page page = new PageReader(table, switches).read(begin, size);
        boolean unchanged = begin.kind() == Position.Kind.DELTA && page.isEmpty() && begin.page() == 1;
        return new TrackedPage(
                table.layout(),
                page.rows(),
                page.tombstones(),
                unchanged,
                Optional.of(new DeltaToken(starts.readUpTo(begin), now).text())
                        .filter(token -> page.isLast() && table.definition().tracked()),
                page.cookie(table.definition()).map(SkipToken::inner));
    }
}
