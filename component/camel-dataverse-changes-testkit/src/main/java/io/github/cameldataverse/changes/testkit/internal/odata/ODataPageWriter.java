package io.github.cameldataverse.changes.testkit.internal.odata;

import static io.github.cameldataverse.changes.testkit.internal.json.JsonText.quote;

import io.github.cameldataverse.changes.testkit.http.MetadataLevel;
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
import java.util.ArrayList;
import java.util.List;
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
        List<String> head = new ArrayList<>();
        Optional.of("\"@odata.context\":" + quote(context(page)))
                .filter(any -> annotations.level() != MetadataLevel.NONE)
                .ifPresent(head::add);
        annotations.ofEnvelope().ifPresent(head::add);
        count.ifPresent(number -> head.add("\"@odata.count\":" + number));
        head.addAll(links(LinkPosition.BEFORE_VALUE, nextLink, deltaLink));
        head.add("\"value\":[");
        sink.put("{" + String.join(",", head));
        writeRows(sink, page);
        writeTombstones(sink, page);
        sink.put("]");
        links(LinkPosition.AFTER_VALUE, nextLink, deltaLink).forEach(link -> sink.put("," + link));
        return sink.put("}");
    }

    private String context(ChangesPage page) {
        return page.begin().kind() == PagePosition.Kind.DELTA ? links.deltaContext() : links.context();
    }

    private List<String> links(LinkPosition place, Optional<String> nextLink, Optional<String> deltaLink) {
        List<String> here = new ArrayList<>();
        if (switches.get(Switch.NEXT_LINK_PLACE) == place) {
            nextLink.ifPresent(link -> here.add("\"@odata.nextLink\":" + quote(link)));
        }
        if (switches.get(Switch.DELTA_LINK_PLACE) == place) {
            deltaLink.ifPresent(link -> here.add("\"@odata.deltaLink\":" + quote(link)));
        }
        return here;
    }

    private void writeRows(ByteSink sink, ChangesPage page) {
        ODataRowWriter writer = new ODataRowWriter(layout, links, annotations);
        String before = "{";
        for (StoredRow row : page.rows()) {
            sink.put(before);
            writer.writeMembers(sink, row);
            sink.put("}");
            before = ",{";
        }
    }

    private void writeTombstones(ByteSink sink, ChangesPage page) {
        String context = annotations.level() == MetadataLevel.NONE
                ? "{\"id\":\""
                : "{\"@odata.context\":" + quote(links.tombstoneContext()) + ",\"id\":\"";
        String reason = "\",\"reason\":" + quote(switches.get(Switch.REASON)) + "}";
        String before = page.rows().isEmpty() ? "" : ",";
        for (Tombstone tombstone : page.tombstones()) {
            sink.put(before + context + tombstone.id() + reason);
            before = ",";
        }
    }
}
