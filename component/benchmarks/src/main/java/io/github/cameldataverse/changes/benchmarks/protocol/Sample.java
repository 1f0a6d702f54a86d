package io.github.cameldataverse.changes.benchmarks.protocol;

import java.util.Arrays;

/**
 * What one load has cost its reader.
 *
 * @param rows that were read
 * @param wall nanoseconds
 * @param cpu nanoseconds of the whole process: of all its threads, its garbage collector and its compiler
 * @param allocated bytes, of all its threads; 0 where the JVM does not tell (before 21)
 */
public record Sample(long rows, long wall, long cpu, long allocated) {

    /** As one line, which {@link #of} reads. */
    @Override
    public String toString() {
        return rows + " " + wall + " " + cpu + " " + allocated;
    }

    /** What {@link #toString} has written; anything else is an IllegalArgumentException. */
    public static Sample of(String line) {
        long[] numbers =
                Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
        return new Sample(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    /** Microseconds of the process per row. */
    public double cpuMicrosPerRow() {
        return cpu / 1_000.0 / rows;
    }

    /** Rows per second of wall time. */
    public double rowsPerSecond() {
        return rows * 1e9 / wall;
    }

    /** Bytes per row. */
    public double bytesPerRow() {
        return (double) allocated / rows;
    }
}
