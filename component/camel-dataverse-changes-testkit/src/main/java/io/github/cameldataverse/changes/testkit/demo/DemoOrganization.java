package io.github.cameldataverse.changes.testkit.demo;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Accounts and contacts with realistic values that change continuously: rows are created, updated and deleted. An empty
 * organization is filled first. Thread-safe.
 */
public final class DemoOrganization implements AutoCloseable {
    private static final Map<String, Integer> ROWS = Map.of("account", 40, "contact", 80);
    private static final Instant FIRST_BEGINNING = Instant.parse("2020-01-01T00:00:00Z");
    /** More versions than an organization takes in a millisecond at its highest rate of writes. */
    private static final long VERSIONS_PER_MILLISECOND = 1000;

    private static final double MOST_PER_SECOND = 10_000;

    private final ScheduledExecutorService worker =
            Executors.newSingleThreadScheduledExecutor(DemoOrganization::thread);

    private Optional<ScheduledFuture<?>> work = Optional.empty();

    private DemoOrganization() {}

    /**
     * Fills empty tables, with 40 accounts and 80 contacts, and writes to them until it is closed.
     *
     * @param writesPerSecond the rate of writes; 0 for none
     */
    public static DemoOrganization startOn(DataverseSimulator simulator, double writesPerSecond) {
        return startOn(simulator, writesPerSecond, Map.of());
    }

    /**
     * The same with another number of rows.
     *
     * @param rows by table: the minimum of rows before the writes begin
     */
    static DemoOrganization startOn(DataverseSimulator simulator, double writesPerSecond, Map<String, Integer> rows) {
        if (!(writesPerSecond >= 0 && writesPerSecond <= MOST_PER_SECOND)) {
            throw new IllegalArgumentException("The rate is a number of writes per second from 0 to "
                    + (int) MOST_PER_SECOND + ", not " + writesPerSecond);
        }
        Map<String, Integer> wanted = new HashMap<>(rows);
        ROWS.keySet().stream()
                .filter(table -> simulator.table(table).size() == 0)
                .forEach(table -> wanted.putIfAbsent(table, ROWS.get(table)));
        beginAfterFormerOrganizations(simulator);
        seed(simulator, wanted);
        DemoOrganization demo = new DemoOrganization();
        if (writesPerSecond > 0) {
            demo.work(new DemoWrites(simulator, new Random(simulator.versions().last())), writesPerSecond);
        }
        return demo;
    }

    /** A new organization must not accept the tokens of the one before a restart. */
    private static void beginAfterFormerOrganizations(DataverseSimulator simulator) {
        long age = Duration.between(FIRST_BEGINNING, Instant.now()).toMillis();
        long version = age * VERSIONS_PER_MILLISECOND;
        boolean isNew =
                ROWS.keySet().stream().allMatch(table -> simulator.table(table).size() == 0);
        if (isNew && version > simulator.versions().last()) {
            simulator.versions().beginAt(version);
        }
    }

    /** Creates rows with realistic values until each table has as many as given. */
    public static void seed(DataverseSimulator simulator, Map<String, Integer> rows) {
        Random random = new Random(42);
        Clock clock = simulator.clock();
        rows.forEach((table, wanted) -> {
            DemoRows demo = DemoRows.of(table, random, clock);
            for (int present = simulator.table(table).size(); present < wanted; present++) {
                simulator.table(table).create(demo.columns());
            }
        });
    }

    @Override
    public void close() {
        work.ifPresent(each -> each.cancel(false));
        worker.shutdown();
    }

    private void work(DemoWrites trickle, double writesPerSecond) {
        long pause = (long) (Duration.ofSeconds(1).toNanos() / writesPerSecond);
        work = Optional.of(worker.scheduleAtFixedRate(trickle, pause, pause, TimeUnit.NANOSECONDS));
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "dataverse-demo");
        thread.setDaemon(true);
        return thread;
    }
}
