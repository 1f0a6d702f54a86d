package io.github.cameldataverse.changes.testkit.internal.tracking;

import java.time.Instant;

/**
 * The position in a round at which a page begins.
 *
 * @param kind of the round
 * @param from the round has the changes above this version; 0 for a load
 * @param upTo the round has the changes up to this version: the watermark, fixed when the round began
 * @param stage rows first, tombstones after them
 * @param last the version of the last row or tombstone that was sent
 * @param page number of the page, from 1
 * @param obtained when the token of the round was obtained; its age counts for every page
 */
public record PagePosition(Kind kind, long from, long upTo, Stage stage, long last, int page, Instant obtained) {
    public enum Kind {
        /** All rows, no delta link at the end. */
        QUERY,
        /** All rows, then a delta link. */
        LOAD,
        /** Changes since a token. */
        DELTA
    }

    enum Stage {
        ROWS,
        TOMBSTONES
    }

    static PagePosition start(Kind kind, long from, long upTo, Instant obtained) {
        return new PagePosition(kind, from, upTo, Stage.ROWS, from, 1, obtained);
    }

    public boolean isTracked() {
        return kind != Kind.QUERY;
    }

    PagePosition after(Stage reached, long version) {
        return new PagePosition(kind, from, upTo, reached, version, page + 1, obtained);
    }
}
