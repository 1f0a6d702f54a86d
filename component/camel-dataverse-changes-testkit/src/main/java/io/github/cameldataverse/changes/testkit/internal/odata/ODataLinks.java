package io.github.cameldataverse.changes.testkit.internal.odata;

import io.github.cameldataverse.changes.testkit.internal.tracking.DeltaToken;
import io.github.cameldataverse.changes.testkit.internal.tracking.PercentEncoding;
import io.github.cameldataverse.changes.testkit.internal.tracking.SkipToken;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.table.TableSchema;

/**
 * The links and contexts of responses about one table. They begin with the origin that the client used and keep its
 * {@code $select}.
 *
 * @param service origin and path of the Web API, with a slash at the end
 * @param table of the entity set
 * @param selection the columns selected
 * @param switches for the case of hex digits
 */
record ODataLinks(String service, TableSchema table, SelectOption selection, Switches switches) {
    String context() {
        return service + "$metadata#" + table.entitySetName() + selection.inContext();
    }

    String deltaContext() {
        return context() + "/$delta";
    }

    String rowContext() {
        return context() + "/$entity";
    }

    String tombstoneContext() {
        return service + "$metadata#" + table.entitySetName() + "/$deletedEntity";
    }

    /** The address of a row. */
    String row(String id) {
        return service + localRow(id);
    }

    /** The same, seen from the service. */
    String localRow(String id) {
        return table.entitySetName() + "(" + id + ")";
    }

    String delta(DeltaToken token) {
        return with("$deltatoken="
                + PercentEncoding.strict(switches.get(Switch.HEX_CASE)).encode(token.text()));
    }

    String next(SkipToken token) {
        return with("$skiptoken=" + token.encoded());
    }

    private String with(String option) {
        String select =
                selection.text().map(text -> "$select=" + encoded(text) + "&").orElse("");
        return service + table.entitySetName() + "?" + select + option;
    }

    /** A client may have put spaces after the commas. */
    private static String encoded(String select) {
        return select.replace(" ", "%20");
    }
}
