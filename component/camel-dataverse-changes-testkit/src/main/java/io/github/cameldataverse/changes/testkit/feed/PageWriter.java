package io.github.cameldataverse.changes.testkit.feed;

import static io.github.cameldataverse.changes.testkit.json.JsonText.quote;

import io.github.cameldataverse.changes.testkit.json.ByteSink;
import io.github.cameldataverse.changes.testkit.model.Layout;
import io.github.cameldataverse.changes.testkit.model.Row;
import io.github.cameldataverse.changes.testkit.model.Tombstone;
import io.github.cameldataverse.changes.testkit.switches.LinkPlace;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.wire.Body;
import java.util.Optional;

/** Writes a page: context, links where they belong, rows, tombstones. */
record PageWriter(Layout layout, Links links, Annotations annotations, Switches switches) {
    /**
     * The page as JSON.
     *
     * @param page what it holds
     * @param deltaLink to be sent with it, if any
     * @param count of all rows, if asked for
     */
    Body write(Page page, Optional<String> deltaLink, Optional<Long> count) {
        ByteSink sink = new ByteSink();
        Optional<String> nextLink = page.cookie(links.table()).map(links::next);
        sink.put("{\"@odata.context\":" + quote(context(page)) + annotations.ofEnvelope());
        count.ifPresent(number -> sink.put(",\"@odata.count\":" + number));
        writeLinks(sink, LinkPlace.BEFORE_VALUE, nextLink, deltaLink);
        sink.put(",\"value\":[");
        writeRows(sink, page);
        writeTombstones(sink, page);
        sink.put("]");
        writeLinks(sink, LinkPlace.AFTER_VALUE, nextLink, deltaLink);
        return Body.of(sink.put("}"));
    }

    private String context(Page page) {
        return page.begin().kind() == Position.Kind.DELTA ? links.deltaContext() : links.context();
    }

    private void writeLinks(ByteSink sink, LinkPlace place, Optional<String> nextLink, Optional<String> deltaLink) {
        if (switches.get(Switch.NEXT_LINK_PLACE) == place) {
            nextLink.ifPresent(link -> sink.put(",\"@odata.nextLink\":" + quote(link)));
        }
        if (switches.get(Switch.DELTA_LINK_PLACE) == place) {
            deltaLink.ifPresent(link -> sink.put(",\"@odata.deltaLink\":" + quote(link)));
        }
    }

    private void writeRows(ByteSink sink, Page page) {
        RowWriter writer = new RowWriter(layout, links.selection(), annotations);
        String before = "{";
        for (Row row : page.rows()) {
            sink.put(before);
            writer.writeMembers(sink, row);
            sink.put("}");
            before = ",{";
        }
    }

    private void writeTombstones(ByteSink sink, Page page) {
        String context = "{\"@odata.context\":" + quote(links.tombstoneContext()) + ",\"id\":\"";
        String reason = "\",\"reason\":" + quote(switches.get(Switch.REASON)) + "}";
        String before = page.rows().isEmpty() ? "" : ",";
        for (Tombstone tombstone : page.tombstones()) {
            sink.put(before + context + tombstone.id() + reason);
            before = ",";
        }
    }
}
