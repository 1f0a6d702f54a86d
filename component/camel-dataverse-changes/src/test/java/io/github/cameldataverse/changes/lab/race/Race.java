package io.github.cameldataverse.changes.lab.race;

import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.GuardedSink;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.switches.EmptyDelta;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;

/** Readers of one subscription race with a writer, phase by phase; behind each phase the sink must be the source. */
final class Race implements AutoCloseable {

    /** Where a reader runs, and whether it is stopped or killed. */
    enum Readers {
        IN_THIS_PROCESS,
        IN_PROCESSES_OF_THEIR_OWN
    }

    private static final Duration TOO_LONG = Duration.ofSeconds(45);
    private static final int RESTARTS_ONE_IN = 6;
    private static final int IDLE_POLLS = 3;

    private final DataverseSimulator simulator;
    private final RaceOptions options;
    private final SplittableRandom random;
    private final RaceTrace trace = new RaceTrace();
    private final RaceWriter writer;
    private final RaceSink sink;
    private final List<Racer> readers = new ArrayList<>();

    Race(long seed, int number, Readers where, DataverseSimulator simulator, RaceStore store) throws Exception {
        this.simulator = simulator;
        simulator.reset();
        sink = store.begin();
        options = RaceOptions.of(seed, simulator.organizationUrl().toString(), store);
        random = new SplittableRandom(seed + 2);
        simulator
                .switches()
                .tombstoneAfterReturn(true)
                .rowRepeatedAcrossPages(!options.transacted() && random.nextBoolean())
                .emptyDelta(EmptyDelta.values()[random.nextInt(EmptyDelta.values().length)]);
        writer = new RaceWriter(simulator, options, trace);
        writer.work(random.nextInt(20));
        for (int i = 0; i < number; i++) {
            String name = "reader" + i;
            readers.add(
                    where == Readers.IN_THIS_PROCESS
                            ? new RaceReader(name, options, store.part(), trace)
                            : new RaceReaderProcess(name, options, store, trace));
        }
    }

    /**
     * Some writes, and maybe a restart, and then quiet.
     *
     * @throws ConditionTimeoutException if it never comes
     */
    void phase() throws Exception {
        int requests = 10 + random.nextInt(50);
        writer.work(requests);
        if (random.nextInt(RESTARTS_ONE_IN) == 0) {
            awaitRequestsLeft(requests / 2);
            readers.get(random.nextInt(readers.size())).restart();
        }
        awaitRequestsLeft(0);
        awaitQuiet();
    }

    private void awaitRequestsLeft(int requests) {
        await().pollInterval(Duration.ofMillis(1)).atMost(TOO_LONG).until(() -> writer.requestsLeft() <= requests);
    }

    /**
     * A reader comes to the end again and again, and none has a page in hand from before. Where each poll moves the token, the
     * other one may stand by for ever.
     */
    private void awaitQuiet() {
        int[] idle = readers.stream().mapToInt(Racer::idle).toArray();
        int[] polls = readers.stream().mapToInt(Racer::polls).toArray();
        await().pollInterval(Duration.ofMillis(1))
                .atMost(TOO_LONG)
                .until(() -> of(polls).allMatch(i -> readers.get(i).polls() > polls[i] + IDLE_POLLS)
                        && of(idle).anyMatch(i -> readers.get(i).idle() >= idle[i] + IDLE_POLLS));
    }

    private static IntStream of(int[] all) {
        return IntStream.range(0, all.length);
    }

    /** What is wrong with the sink; the trace begins anew if nothing is. */
    List<String> wrong() throws Exception {
        Map<String, Long> source = GuardedSink.versionsOf(simulator.table("account"));
        Map<String, Long> made = sink.rows();
        Set<String> ids = new TreeSet<>(source.keySet());
        ids.addAll(made.keySet());
        List<String> wrong = new ArrayList<>();
        ids.stream()
                .filter(id -> !Objects.equals(source.get(id), made.get(id)))
                .forEach(id ->
                        wrong.add(id + " has " + source.get(id) + " at the source, " + made.get(id) + " at the sink"));
        sink.repeated().forEach(key -> wrong.add(key + " is there more than once"));
        if (wrong.isEmpty()) {
            trace.clear();
        }
        return wrong;
    }

    /** What happened since the last quiet phase at which nothing was wrong. */
    List<String> trace() {
        List<String> lines = new ArrayList<>(List.of(options.toString()));
        lines.addAll(trace.lines());
        return lines;
    }

    @Override
    public void close() throws Exception {
        for (Racer reader : readers) {
            reader.close();
        }
    }
}
