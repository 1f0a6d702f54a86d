package io.github.cameldataverse.changes.internal.delivery;

import io.github.cameldataverse.changes.change.Upsert;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this process has seen of one round: since when it tells of changes, the records that came as upserts, and the
 * links followed. Where it has not seen all, because the round began before a restart or is very long, it says "perhaps".
 * It holds as long as no other reader has moved the checkpoint in between. For one thread at a time.
 */
public final class RoundMemory {

    private static final int MOST_RECORDS = 200_000;

    private final long round;
    private final int tenure;
    private final Set<String> upserted = new HashSet<>();
    private final Set<String> followed = new HashSet<>();
    private final ExistenceAnswers answers = new ExistenceAnswers();
    private Instant began;
    private boolean complete;

    private RoundMemory(long round, int tenure, Instant began, boolean complete) {
        this.round = round;
        this.tenure = tenure;
        this.began = began;
        this.complete = complete;
    }

    /** Of no round at all: none has the number 0. */
    public static RoundMemory none() {
        return new RoundMemory(0, 0, Instant.MIN, false);
    }

    /**
     * Of the round in which a checkpoint stands, taken up there.
     *
     * @param tenure changes when another reader has moved the checkpoint, or may have
     */
    public static RoundMemory from(Checkpoint here, int tenure) {
        // A full load has no tombstones, so there is nothing to remember of its rows.
        boolean complete = here.phase() == Phase.DELTA && here.atRoundStart();
        RoundMemory memory = new RoundMemory(here.round(), tenure, here.obtained(), complete);
        memory.follow(here.pageLink());
        return memory;
    }

    /** Whether it is of the round in which a checkpoint stands, and no other reader came in between. */
    public boolean isOf(Checkpoint here, int currentTenure) {
        return round == here.round() && tenure == currentTenure;
    }

    /**
     * Notes that a page has come: the service fixes at the first one what the round tells of.
     *
     * @param asked when it was asked for; when the service fixed it, only later than that is certain
     */
    public void answered(Checkpoint here, Instant asked) {
        if (here.atRoundStart()) {
            began = asked;
            answers.roundAskedAnew();
        }
    }

    /** When the first page of the round was asked for; as long ago as its link, if another process has begun it. */
    public Instant began() {
        return began;
    }

    /** Notes an upsert. */
    void saw(Upsert upsert) {
        answers.upserted(upsert.id());
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

    /** What was said of the records of the page that is asked for. */
    public ExistenceAnswers answers() {
        return answers;
    }

    /** Notes that the page is delivered and the round goes on at a link; null at its end. */
    public void follow(@Nullable String link) {
        answers.pageDelivered();
        if (link != null) {
            followed.add(link);
        }
    }

    /** Whether the round was at a link before; to follow it again would go on for ever. */
    public boolean hasFollowed(String link) {
        return followed.contains(link);
    }
}
