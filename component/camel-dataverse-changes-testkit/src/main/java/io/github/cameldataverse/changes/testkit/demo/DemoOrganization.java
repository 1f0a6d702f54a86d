package io.github.cameldataverse.changes.testkit.demo;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Accounts and contacts with realistic values, and somebody at work on them: a steady trickle of creates, updates and
 * deletes. An organization that is empty is filled first. Thread-safe.
 */
public final class DemoOrganization implements AutoCloseable {
    private static final int ACCOUNTS = 40;
    private static final int CONTACTS = 80;
    private static final double MOST_PER_SECOND = 10_000;

    private final ScheduledExecutorService worker =
            Executors.newSingleThreadScheduledExecutor(DemoOrganization::thread);

    private Optional<ScheduledFuture<?>> work = Optional.empty();

    private DemoOrganization() {}

    /**
     * Fills the organization if it is empty, and goes to work on it until closed.
     *
     * @param writesPerSecond how busy it is; 0 for nobody at work
     */
    public static DemoOrganization startOn(DataverseSimulator simulator, double writesPerSecond) {
        if (!(writesPerSecond >= 0 && writesPerSecond <= MOST_PER_SECOND)) {
            throw new IllegalArgumentException("The rate is a number of writes per second from 0 to "
                    + (int) MOST_PER_SECOND + ", not " + writesPerSecond);
        }
        seed(simulator, Map.of("account", ACCOUNTS, "contact", CONTACTS));
        DemoOrganization demo = new DemoOrganization();
        if (writesPerSecond > 0) {
            demo.work(new Trickle(simulator, new Random(simulator.versions().last())), writesPerSecond);
        }
        return demo;
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

    private void work(Trickle trickle, double writesPerSecond) {
        long pause = (long) (Duration.ofSeconds(1).toNanos() / writesPerSecond);
        work = Optional.of(worker.scheduleAtFixedRate(trickle, pause, pause, TimeUnit.NANOSECONDS));
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "dataverse-demo");
        thread.setDaemon(true);
        return thread;
    }
}
