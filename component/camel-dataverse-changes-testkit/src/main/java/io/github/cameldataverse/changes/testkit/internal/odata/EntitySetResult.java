package io.github.cameldataverse.changes.testkit.internal.odata;

import io.github.cameldataverse.changes.testkit.internal.organization.RowLayout;
import io.github.cameldataverse.changes.testkit.internal.tracking.ChangesPage;
import io.github.cameldataverse.changes.testkit.internal.tracking.DeltaToken;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.util.Optional;

/**
 * What was read while nobody wrote, ready to be written out.
 *
 * @param page rows and tombstones
 * @param token where the next delta begins
 * @param links of this request
 * @param layout of the rows
 * @param rows how many the table has
 */
record EntitySetResult(ChangesPage page, DeltaToken token, ODataLinks links, RowLayout layout, int rows) {
    boolean isUnchanged() {
        return page.isEmpty() && page.begin().page() == 1;
    }

    Optional<String> deltaLink(Switches switches, ODataAnnotations annotations) {
        boolean lost = switches.get(Switch.LOST_DELTA_LINK) && annotations.formattedValues();
        boolean due = page.isLast() && page.begin().tracked() && links.table().tracked() && !lost;
        return due ? Optional.of(links.delta(token)) : Optional.empty();
    }
}
