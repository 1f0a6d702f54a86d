package io.github.cameldataverse.changes.benchmarks;

import io.github.cameldataverse.changes.benchmarks.protocol.ReaderSpec;
import io.github.cameldataverse.changes.benchmarks.protocol.Sample;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A figure of each reader as a bar, as an SVG picture; the line over a bar goes from the lowest round to the highest. Comparisons
 * of one part stand under each other, on one scale.
 */
final class BarPlot {

    private static final int LABELS = 300;
    private static final int BARS = 480;
    private static final int WIDTH = LABELS + BARS + 90;
    private static final int LINE = 20;

    private final StringBuilder svg = new StringBuilder();
    private final ToDoubleFunction<Sample> figure;
    private double scale;
    private int y = LINE;

    private BarPlot(ToDoubleFunction<Sample> figure) {
        this.figure = figure;
    }

    /** @param unit of the figure, for people */
    static String svg(List<Results> part, String unit, ToDoubleFunction<Sample> figure) {
        BarPlot plot = new BarPlot(figure);
        plot.scale = BARS
                / part.stream()
                        .flatMap(results -> results.comparison().readers().stream()
                                .map(reader -> plot.figures(results, reader).highest()))
                        .reduce(1e-9, Math::max);
        plot.text(LABELS, "start", "bold", unit);
        part.forEach(plot::add);
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">\n"
                        .formatted(WIDTH, plot.y)
                + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n" + plot.svg + "</svg>\n";
    }

    private Figures figures(Results results, ReaderSpec reader) {
        return Figures.of(results.of(reader), figure);
    }

    private void add(Results results) {
        y += LINE / 2;
        text(10, "start", "bold", results.comparison().title());
        results.comparison().readers().forEach(reader -> bar(reader, figures(results, reader)));
    }

    private void bar(ReaderSpec reader, Figures figures) {
        double end = LABELS + figures.median() * scale;
        add(
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"12\" fill=\"%s\"/>",
                LABELS, y - 10, figures.median() * scale, reader.kind().equals("ours") ? "#3b76af" : "#b0b0b0");
        add(
                "<path d=\"M%.1f %dH%.1f\" stroke=\"black\"/>",
                LABELS + figures.lowest() * scale, y - 4, LABELS + figures.highest() * scale);
        add(
                "<text x=\"%.1f\" y=\"%d\">%s</text>",
                Math.max(end, LABELS + figures.highest() * scale) + 5, y, rounded(figures.median()));
        text(LABELS - 8, "end", "normal", reader.label());
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }

    /** A line of text; what follows stands under it. */
    private void text(int x, String anchor, String weight, String text) {
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-weight=\"%s\">%s</text>", x, y, anchor, weight, text);
        y += LINE;
    }

    private void add(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
