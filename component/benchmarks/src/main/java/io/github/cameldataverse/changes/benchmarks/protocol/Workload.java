package io.github.cameldataverse.changes.benchmarks.protocol;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a reader is given to read.
 *
 * @param columns of a row, its id among them
 * @param rows of each table
 * @param pageSize rows of a page
 * @param latency milliseconds before each page is answered
 * @param encoding of the answers
 * @param tables how many of them
 */
public record Workload(int columns, int rows, int pageSize, int latency, Encoding encoding, int tables) {

    /** How a page travels. */
    public enum Encoding {
        IDENTITY,
        GZIP
    }

    /** 57 columns, 100,000 rows in pages of 5,000, not compressed, answered at once. All other workloads differ from it in one thing. */
    public static final Workload CENTRE = new Workload(57, 100_000, 5_000, 0, Encoding.IDENTITY, 1);

    public Workload columns(int other) {
        return new Workload(other, rows, pageSize, latency, encoding, tables);
    }

    public Workload rows(int other) {
        return new Workload(columns, other, pageSize, latency, encoding, tables);
    }

    public Workload pageSize(int other) {
        return new Workload(columns, rows, other, latency, encoding, tables);
    }

    public Workload latency(int millis) {
        return new Workload(columns, rows, pageSize, millis, encoding, tables);
    }

    public Workload encoding(Encoding other) {
        return new Workload(columns, rows, pageSize, latency, other, tables);
    }

    public Workload tables(int other) {
        return new Workload(columns, rows, pageSize, latency, encoding, other);
    }

    /** The number of pages of each table. */
    public int pages() {
        return (rows + pageSize - 1) / pageSize;
    }

    /** As one word, which {@link #of} reads. */
    @Override
    public String toString() {
        return "columns=" + columns + ",rows=" + rows + ",pageSize=" + pageSize + ",latency=" + latency + ",encoding="
                + encoding + ",tables=" + tables;
    }

    /** What {@link #toString} has written; what is left out is that of the {@link #CENTRE}. */
    public static Workload of(String text) {
        Map<String, String> parts = parts(CENTRE.toString());
        parts.putAll(parts(text));
        return new Workload(
                number(parts, "columns"),
                number(parts, "rows"),
                number(parts, "pageSize"),
                number(parts, "latency"),
                Encoding.valueOf(part(parts, "encoding")),
                number(parts, "tables"));
    }

    private static Map<String, String> parts(String text) {
        return Arrays.stream(text.split(","))
                .map(part -> part.split("=", 2))
                .collect(Collectors.toMap(part -> part[0], part -> part[1], (first, second) -> second, HashMap::new));
    }

    private static int number(Map<String, String> parts, String name) {
        return Integer.parseInt(part(parts, name));
    }

    private static String part(Map<String, String> parts, String name) {
        return Objects.requireNonNull(parts.get(name), name);
    }
}
