package io.github.cameldataverse.changes.testkit.internal.odata;

import static io.github.cameldataverse.changes.testkit.internal.json.JsonText.quote;

import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.internal.json.ByteSink;
import io.github.cameldataverse.changes.testkit.internal.organization.RowLayout;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredRow;
import io.github.cameldataverse.changes.testkit.internal.organization.Tombstone;
import io.github.cameldataverse.changes.testkit.internal.tracking.ChangesPage;
import io.github.cameldataverse.changes.testkit.internal.tracking.PagePosition;
import io.github.cameldataverse.changes.testkit.switches.LinkPosition;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.util.Optional;

/** Writes a page in JSON: context, links, rows, tombstones. */
record ODataPageWriter(RowLayout layout, ODataLinks links, ODataAnnotations annotations, Switches switches) {
    /**
     * The page as JSON.
     *
     * @param page the changes
     * @param deltaLink the delta link, if the page has one
     * @param count of all rows, if requested
     */
    ResponseBody write(ChangesPage page, Optional<String> deltaLink, Optional<Long> count) {
        ByteSink sink = new ByteSink();
        Optional<String> nextLink = page.cookie(links.table()).map(links::next);
        sink.put("{\"@odata.context\":" + quote(context(page)) + annotations.ofEnvelope());
        count.ifPresent(number -> sink.put(",\"@odata.count\":" + number));
        writeLinks(sink, LinkPosition.BEFORE_VALUE, nextLink, deltaLink);
        sink.put(",\"value\":[");
        writeRows(sink, page);
        writeTombstones(sink, page);
        sink.put("]");
        writeLinks(sink, LinkPosition.AFTER_VALUE, nextLink, deltaLink);
        return sink.put("}");
    }

    private String context(ChangesPage page) {
        return page.begin().kind() == PagePosition.Kind.DELTA ? links.deltaContext() : links.context();
    }

    private void writeLinks(ByteSink sink, LinkPosition place, Optional<String> nextLink, Optional<String> deltaLink) {
        if (switches.get(Switch.NEXT_LINK_PLACE) == place) {
            nextLink.ifPresent(link -> sink.put(",\"@odata.nextLink\":" + quote(link)));
        }
        if (switches.get(Switch.DELTA_LINK_PLACE) == place) {
            deltaLink.ifPresent(link -> sink.put(",\"@odata.deltaLink\":" + quote(link)));
        }
    }

    private void writeRows(ByteSink sink, ChangesPage page) {
        ODataRowWriter writer = new ODataRowWriter(layout, links.selection(), annotations);
        String before = "{";
        for (StoredRow row : page.rows()) {
            sink.put(before);
            writer.writeMembers(sink, row);
            sink.put("}");
            before = ",{";
        }
    }

    private void writeTombstones(ByteSink sink, ChangesPage page) {
        String context = "{\"@odata.context\":" + quote(links.tombstoneContext()) + ",\"id\":\"";
        String reason = "\",\"reason\":" + quote(switches.get(Switch.REASON)) + "}";
        String before = page.rows().isEmpty() ? "" : ",";
        for (Tombstone tombstone : page.tombstones()) {
            sink.put(before + context + tombstone.id() + reason);
            before = ",";
        }
    }
}
