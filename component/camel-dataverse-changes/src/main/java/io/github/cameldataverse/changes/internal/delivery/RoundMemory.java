package io.github.cameldataverse.changes.internal.delivery;

import io.github.cameldataverse.changes.change.Upsert;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this process has seen of the round in hand: the records that came as upserts, and the links followed. Where it
 * has not seen all, because the round began before a restart or is very long, it says "perhaps".
 */
public final class RoundMemory {

    private static final int MOST_RECORDS = 200_000;

    private final Set<String> upserted = new HashSet<>();
    private final Set<String> followed = new HashSet<>();
    private boolean complete;

    /**
     * @param fromItsStart whether the round is seen from its first page on
     * @param link link of the page at which it is taken up; null at its start
     */
    public RoundMemory(boolean fromItsStart, @Nullable String link) {
        complete = fromItsStart;
        follow(link);
    }

    /** Notes an upsert. */
    void saw(Upsert upsert) {
        if (complete && !upserted.add(upsert.id())) {
            return;
        }
        if (upserted.size() > MOST_RECORDS) {
            complete = false;
            upserted.clear();
        }
    }

    /** Whether a tombstone may be older than an upsert of the same record. */
    boolean mayHaveSeenUpsertOf(String id) {
        return !complete || upserted.contains(id);
    }

    /** Notes that the round goes on at a link. */
    public void follow(@Nullable String link) {
        if (link != null) {
            followed.add(link);
        }
    }

    /** Whether the round was at a link before; to follow it again would go on for ever. */
    public boolean hasFollowed(String link) {
        return followed.contains(link);
    }
}
