package io.github.cameldataverse.changes.benchmarks;

import io.github.cameldataverse.changes.benchmarks.protocol.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A figure over the rounds of a run.
 *
 * @param median of all rounds
 * @param lowest of them
 * @param highest of them
 */
record Figures(double median, double lowest, double highest) {

    static Figures of(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return of(samples.stream().mapToDouble(figure).toArray());
    }

    private static Figures of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Figures(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** How many times another one; the spread is that of the rounds, each with itself. */
    static Figures ratio(List<Sample> samples, List<Sample> others, ToDoubleFunction<Sample> figure) {
        double[] each = new double[samples.size()];
        for (int round = 0; round < each.length; round++) {
            each[round] = figure.applyAsDouble(samples.get(round)) / figure.applyAsDouble(others.get(round));
        }
        Figures rounds = of(each);
        return new Figures(
                of(samples, figure).median() / of(others, figure).median(), rounds.lowest(), rounds.highest());
    }
}
