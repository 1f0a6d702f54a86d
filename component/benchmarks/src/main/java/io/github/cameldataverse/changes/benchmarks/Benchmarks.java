package io.github.cameldataverse.changes.benchmarks;

import io.github.cameldataverse.changes.benchmarks.protocol.ReaderSpec;
import io.github.cameldataverse.changes.benchmarks.protocol.Sample;
import io.github.cameldataverse.changes.benchmarks.protocol.Workload;
import io.github.cameldataverse.changes.benchmarks.reader.ReaderMain;
import io.github.cameldataverse.changes.benchmarks.server.ServerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Lets readers read the same load side by side and says what it has cost them: each in a JVM of its own, in turn, against a page
 * server in another one. Arguments: what to compare, a name that {@link Plan} knows, and the directory for tables and plots. The
 * system properties {@code benchmark.readers} and {@code benchmark.workload} choose readers and what they read instead of a plan;
 * {@code benchmark.profile=true} leaves a recording of the JDK's Flight Recorder of each reader in the directory.
 */
public final class Benchmarks implements AutoCloseable {

    private static final List<String> SERVER = List.of("-Xmx3g", "-Dsun.net.httpserver.nodelay=true");
    private static final List<String> READER = List.of("-Xms1g", "-Xmx1g");

    private final Path directory;
    private final JavaProcess server;

    /** A reader and the process in which it reads. */
    private record Running(ReaderSpec reader, JavaProcess process) {}

    private Benchmarks(Path directory) throws IOException {
        this.directory = directory;
        server = start(ServerMain.class, SERVER);
    }

    public static void main(String[] args) throws Exception {
        List<Comparison> comparisons = comparisons(args[0]);
        List<Results> all = new ArrayList<>();
        Path directory = Files.createDirectories(Path.of(args[1]));
        try (Benchmarks benchmarks = new Benchmarks(directory)) {
            for (Comparison comparison : comparisons) {
                all.add(benchmarks.run(comparison));
                ResultsPage.write(all, directory);
            }
        }
    }

    private static List<Comparison> comparisons(String plan) {
        String readers = System.getProperty("benchmark.readers", "");
        Workload half = Workload.CENTRE.rows(50_000);
        String workload = System.getProperty("benchmark.workload", "");
        return readers.isEmpty()
                ? Plan.named(plan)
                : Plan.of(Contestant.named(readers), Workload.of(workload.isEmpty() ? half.toString() : workload));
    }

    private JavaProcess start(Class<?> main, List<String> options, String... arguments) throws IOException {
        return JavaProcess.start(main, options, directory.resolve("run.log"), arguments);
    }

    private Results run(Comparison comparison) throws Exception {
        System.out.println(comparison.title());
        Results results = new Results(comparison);
        String origin = server.ask(comparison.workload().toString());
        List<Running> readers = new ArrayList<>();
        try {
            for (ReaderSpec reader : comparison.readers()) {
                readers.add(new Running(reader, started(reader, origin, comparison.workload())));
            }
            warmUp(readers, comparison.warmUps());
            for (int round = 0; round < comparison.rounds(); round++) {
                readOnce(readers, round, results);
            }
        } finally {
            for (Running reader : readers) {
                reader.process().close();
            }
        }
        System.out.println(ResultsPage.table(results));
        return results;
    }

    private JavaProcess started(ReaderSpec reader, String origin, Workload workload) throws IOException {
        List<String> options = new ArrayList<>(READER);
        if (Boolean.getBoolean("benchmark.profile")) {
            String file = reader.label().replaceAll("[^A-Za-z0-9]+", "-") + ".jfr";
            // Its greeting would be taken for an answer.
            options.add("-Xlog:jfr+startup=error");
            options.add("-XX:StartFlightRecording=settings=profile,filename=" + directory.resolve(file));
        }
        return start(ReaderMain.class, options, reader.toString(), origin, workload.toString());
    }

    private static void warmUp(List<Running> readers, int times) throws IOException {
        for (Running reader : readers) {
            for (int i = 0; i < times; i++) {
                reader.process().ask("read");
            }
        }
    }

    /** Each reader begins a round once in a while, so that none always follows the same one. */
    private static void readOnce(List<Running> readers, int round, Results results) throws IOException {
        List<Running> order = new ArrayList<>(readers);
        Collections.rotate(order, round);
        for (Running reader : order) {
            results.add(reader.reader(), Sample.of(reader.process().ask("read")));
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        server.close();
    }
}
