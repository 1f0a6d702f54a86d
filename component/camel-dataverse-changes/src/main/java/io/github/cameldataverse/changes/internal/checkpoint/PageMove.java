package io.github.cameldataverse.changes.internal.checkpoint;

import io.github.cameldataverse.changes.token.Checkpoint;
import java.util.Map;
import java.util.Set;

/**
 * A move of the checkpoint behind a page, and what goes with it in one step.
 *
 * @param from where the page was asked for
 * @param to behind the page; the same, if the page said that nothing has changed
 * @param gone records of which the last change in the page is a delete: they leave the known ids
 * @param carried notes that move on to the next page of the round: record id to its history
 */
public record PageMove(Checkpoint from, Checkpoint to, Set<String> gone, Map<String, String> carried) {

    public PageMove {
        gone = Set.copyOf(gone);
        carried = Map.copyOf(carried);
    }

    /** Whether there is nothing to move. */
    boolean stays() {
        return to.equals(from);
    }
}
