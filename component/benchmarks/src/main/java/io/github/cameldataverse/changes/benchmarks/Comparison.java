package io.github.cameldataverse.changes.benchmarks;

import io.github.cameldataverse.changes.benchmarks.protocol.ReaderSpec;
import io.github.cameldataverse.changes.benchmarks.protocol.Workload;
import java.util.List;

/**
 * Readers that read the same, side by side.
 *
 * @param part of the plan that it belongs to: all comparisons of a part are in one plot
 * @param title for people
 * @param workload what they read
 * @param readers the first one is what the others are compared with
 * @param rounds in each of which every reader reads once, after {@code warmUps} that do not count
 * @param warmUps of each reader
 */
record Comparison(String part, String title, Workload workload, List<ReaderSpec> readers, int rounds, int warmUps) {

    Comparison {
        readers = List.copyOf(readers);
    }
}
