package io.github.cameldataverse.changes.change;

import java.util.List;

/**
 * One whole answer of the service, proven complete.
 *
 * @param changes the changes in the order served
 * @param next what comes after the page
 */
public record Page(List<Change> changes, Next next) {

    public Page {
        changes = List.copyOf(changes);
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
