package io.github.cameldataverse.changes.benchmarks;

import io.github.cameldataverse.changes.benchmarks.protocol.ReaderSpec;
import io.github.cameldataverse.changes.benchmarks.protocol.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The tables of a run as a page of Markdown, with two plots for each of its parts: {@code results.md}, {@code <part>-cpu.svg} and
 * {@code <part>-rows.svg}.
 */
final class ResultsPage {

    /** What only takes the bytes off the network has to be that much faster than every other reader. */
    private static final double AHEAD = 2;

    private ResultsPage() {}

    /** Writes them anew after each comparison, so that a run that ends early has left what it measured. */
    static void write(List<Results> all, Path directory) throws IOException {
        StringBuilder page = new StringBuilder(
                "# Results\n\n" + Surroundings.asList()
                        + "\nMedians; in brackets the lowest and the highest round. CPU is that of the reader's whole process.\n");
        for (Map.Entry<String, List<Results>> part : byPart(all).entrySet()) {
            part.getValue().forEach(results -> page.append("\n## ")
                    .append(results.comparison().title())
                    .append("\n\n")
                    .append(table(results)));
            page.append(plot(part, "cpu", "CPU µs a row", Sample::cpuMicrosPerRow, directory));
            page.append(plot(part, "rows", "rows/s", Sample::rowsPerSecond, directory));
        }
        Files.writeString(directory.resolve("results.md"), page);
    }

    private static Map<String, List<Results>> byPart(List<Results> all) {
        return all.stream()
                .collect(Collectors.groupingBy(
                        results -> results.comparison().part(), LinkedHashMap::new, Collectors.toList()));
    }

    private static String plot(
            Map.Entry<String, List<Results>> part,
            String name,
            String unit,
            ToDoubleFunction<Sample> figure,
            Path directory)
            throws IOException {
        String file = part.getKey() + "-" + name + ".svg";
        Files.writeString(directory.resolve(file), BarPlot.svg(part.getValue(), unit, figure));
        return "\n![" + unit + "](" + file + ")\n";
    }

    /** A line for each reader, and what is to be said of the page server. */
    static String table(Results results) {
        return "| reader | CPU µs a row | times the first | rows/s | allocated a row |\n|---|---|---|---|---|\n"
                + results.comparison().readers().stream()
                        .map(reader -> line(results, reader))
                        .collect(Collectors.joining())
                + results.aheadOfAll().stream()
                        .mapToObj(ResultsPage::ofPageServer)
                        .collect(Collectors.joining());
    }

    private static String line(Results results, ReaderSpec reader) {
        List<Sample> samples = results.of(reader);
        Figures ratio = Figures.ratio(samples, results.ofFirst(), Sample::cpuMicrosPerRow);
        double bytes = Figures.of(samples, Sample::bytesPerRow).median();
        return "| " + reader.label() + " | " + text("%.1f", Figures.of(samples, Sample::cpuMicrosPerRow)) + " | "
                + text("%.2f", ratio) + " | " + text("%,.0f", Figures.of(samples, Sample::rowsPerSecond)) + " | "
                + (bytes == 0 ? "not told" : format("%.1f kB", bytes / 1_000)) + " |\n";
    }

    /** The median, and from where to where the rounds went. */
    private static String text(String format, Figures figures) {
        return format(format, figures.median()) + " (" + format(format, figures.lowest()) + "–"
                + format(format, figures.highest()) + ")";
    }

    private static String ofPageServer(double ahead) {
        return "\nThe raw socket took " + format("%.1f", ahead)
                + " times as many rows/s as the fastest other reader: the page server "
                + (ahead < AHEAD ? "**held readers up, and these figures are void**.\n" : "held none of them up.\n");
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
