package io.github.cameldataverse.changes.lab.race;

import java.util.ArrayList;
import java.util.List;

/** What happened in a phase of a race, in the order in which it was told. Safe for use by several threads. */
class RaceTrace {

    /** A phase that never ends would fill the memory. */
    private static final int MOST_LINES = 20_000;

    private final List<String> lines = new ArrayList<>();

    synchronized void add(String who, String what) {
        if (lines.size() < MOST_LINES) {
            lines.add(String.format("%10d us %-8s %s", System.nanoTime() / 1_000, who, what));
        }
    }

    synchronized void clear() {
        lines.clear();
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Enough of an id, or of a key, to tell it from others. */
    static String brief(String id) {
        return id.length() < 36 ? id : id.substring(0, 8) + id.substring(36);
    }
}
