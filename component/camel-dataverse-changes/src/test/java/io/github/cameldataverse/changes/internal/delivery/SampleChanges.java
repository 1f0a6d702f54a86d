package io.github.cameldataverse.changes.internal.delivery;

import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.change.Row;
import io.github.cameldataverse.changes.change.Upsert;
import io.github.cameldataverse.changes.change.Version;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import java.time.Instant;

/** Changes as a page brings them. */
final class SampleChanges {

    static final String A = "00000000-0000-0000-0000-00000000000a";
    static final String B = "00000000-0000-0000-0000-00000000000b";
    static final long ROUND = 7;

    private SampleChanges() {}

    static Upsert upsert(String id, long version) {
        return new Upsert(
                id, "W/\"" + version + "\"", new Version(Long.toString(version)), Row.of("{\"v\":" + version + "}"));
    }

    static Delete delete(String id) {
        return new Delete(id, "deleted", ROUND, 0, Row.of("{\"id\":\"" + id + "\"}"));
    }

    /** The memory of a round of changes that this process has begun. */
    static RoundMemory roundFromItsStart() {
        return RoundMemory.from(new Checkpoint(2, ROUND, Phase.DELTA, "delta", null, 0, 0, Instant.EPOCH, ""), 1);
    }

    /** The memory of a round of changes that another process has begun. */
    static RoundMemory roundTakenUpAt(String link) {
        return RoundMemory.from(new Checkpoint(4, ROUND, Phase.DELTA, "delta", link, 2, 20, Instant.EPOCH, ""), 1);
    }

    /** What a sink would hold of a change. */
    static String what(Change change) {
        return change.id() + " " + change.what();
    }
}
