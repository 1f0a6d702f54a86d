package io.github.cameldataverse.changes.internal.round;

import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.internal.checkpoint.CheckpointKeeper;
import io.github.cameldataverse.changes.internal.delivery.PagePlan;
import io.github.cameldataverse.changes.token.StoredToken;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is noted around the delivery of a page: before it, what is offered; behind it, what has moved to the next page. */
final class PageNotes {

    private final CheckpointKeeper checkpoints;

    PageNotes(CheckpointKeeper checkpoints) {
        this.checkpoints = checkpoints;
    }

    /** Notes the records that the route is about to be offered, those that are noted already apart. */
    StoredToken offer(StoredToken token, List<Change> page) {
        Map<String, String> noted = new HashMap<>(token.delivered());
        for (Change change : page) {
            if (noted.putIfAbsent(change.id(), PagePlan.OFFERED) == null) {
                checkpoints.delivered(token.checkpoint(), Map.of(change.id(), PagePlan.OFFERED));
            }
        }
        return new StoredToken(token.checkpoint(), noted);
    }

    /** Notes at the next page of the round what was delivered before and has moved there. */
    StoredToken carry(StoredToken behind, Map<String, String> leftOver) {
        if (leftOver.isEmpty() || behind.checkpoint().atRoundStart()) {
            return behind;
        }
        checkpoints.delivered(behind.checkpoint(), leftOver);
        return new StoredToken(behind.checkpoint(), leftOver);
    }
}
