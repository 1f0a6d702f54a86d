package io.github.cameldataverse.changes.internal.source;

import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Upsert;
import java.util.List;

/**
 * One whole answer of the service, proven complete.
 *
 * @param changes the changes in the order served
 * @param next what comes after the page
 * @param requestId by which the service's support finds the request; empty if the service named none
 */
public record Page(List<Change> changes, Next next, String requestId) {

    public Page {
        changes = List.copyOf(changes);
    }

    /** A page of which no request id is known. */
    public Page(List<Change> changes, Next next) {
        this(changes, next, "");
    }

    /** How many rows it has; tombstones are none. */
    public int rows() {
        return (int) changes.stream().filter(Upsert.class::isInstance).count();
    }

    /** What comes after a page. */
    public sealed interface Next permits MorePages, RoundEnd, Unchanged {}

    /** The round goes on. @param link address of the next page, absolute, opaque */
    public record MorePages(String link) implements Next {}

    /** The round is over. @param deltaLink address of the next round, absolute, opaque */
    public record RoundEnd(String deltaLink) implements Next {}

    /** Nothing has changed and the service sent no new link: the current one stays good. */
    public record Unchanged() implements Next {}
}
