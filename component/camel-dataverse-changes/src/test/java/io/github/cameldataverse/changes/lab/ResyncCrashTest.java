package io.github.cameldataverse.changes.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Readers that die at every single step of a resync, and go on. */
class ResyncCrashTest {

    private static final int RECORDS = 4;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");

    @TempDir
    Path parent;

    @Test
    @ProvesFault({"C10", "C11"})
    void inMemoryNoGhostSurvivesADeathAtAnyStepAndNoLivingRecordIsDeleted() throws Exception {
        assertThat(dieAtEveryStep(step -> {
                    MemoryDeltaTokenRepository kept = new MemoryDeltaTokenRepository();
                    return () -> kept;
                }))
                .isGreaterThan(25);
    }

    @Test
    @ProvesFault({"C10", "C11"})
    void withFilesNoGhostSurvivesADeathAtAnyStepAndNoLivingRecordIsDeleted() throws Exception {
        assertThat(dieAtEveryStep(step -> () -> new FileDeltaTokenRepository(parent.resolve("step-" + step))))
                .isGreaterThan(25);
    }

    @Test
    @ProvesFault({"C10", "C11"})
    void inADatabaseNoGhostSurvivesADeathAtAnyStepAndNoLivingRecordIsDeleted() throws Exception {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:ghosts;DB_CLOSE_DELAY=-1", "sa", "");
        assertThat(dieAtEveryStep(step -> () -> {
                    JdbcDeltaTokenRepository repository = new JdbcDeltaTokenRepository(pool);
                    repository.setTablePrefix("step" + step + "_");
                    return repository;
                }))
                .isGreaterThan(25);
        pool.dispose();
    }

    /** What a process finds when it starts, for the walk of a number. */
    private interface Stores {
        Supplier<DeltaTokenRepository> of(int step);
    }

    private int dieAtEveryStep(Stores stores) throws Exception {
        int step = 1;
        while (dies(stores.of(step), step)) {
            step++;
        }
        return step;
    }

    /** Whether a reader that dies at this step of the resync died before its end. */
    private boolean dies(Supplier<DeltaTokenRepository> store, int step) throws Exception {
        simulator.reset();
        simulator.switches().dateHeader(false); // or each of many readers would first make sure of the time
        List<String> ids = create();
        List<ConsumerRoute.Received> all = new ArrayList<>();
        try (ConsumerRoute first = reader(store.get()).start()) {
            await().until(() -> first.received().size() == RECORDS);
            await().until(() -> first.checkpoint().roundLink() != null);
            all.addAll(first.received());
        }
        accounts.delete(ids.get(0));
        accounts.delete(ids.get(3));
        simulator.clock().advance(Duration.ofDays(8));

        CrashingRepository mortal = new CrashingRepository(step);
        boolean completed;
        try (ConsumerRoute second = reader(mortal.around(store.get())).start()) {
            await().until(() -> mortal.isDead() || second.types().contains("resyncCompleted"));
            second.context().stop();
            completed = second.types().contains("resyncCompleted");
            all.addAll(second.received());
        }
        String late = accounts.create(Map.of("name", "late"));
        try (ConsumerRoute third = reader(store.get()).start()) {
            await().until(() -> third.received().stream().anyMatch(each -> late.equals(each.id())));
            await().until(() -> third.checkpoint().roundLink() != null);
            all.addAll(third.received());
        }
        assertSinkIsSource(step, ids, all);
        return !completed;
    }

    private void assertSinkIsSource(int step, List<String> ids, List<ConsumerRoute.Received> all) {
        TreeSet<String> sink = new TreeSet<>();
        List<String> deleted = new ArrayList<>();
        for (ConsumerRoute.Received each : all) {
            if ("upsert".equals(each.type())) {
                sink.add(each.id());
            } else if ("delete".equals(each.type())) {
                sink.remove(each.id());
                deleted.add(each.id());
            }
        }
        assertThat(sink).as("sink after a death at step %s", step).isEqualTo(new TreeSet<>(accounts.ids()));
        assertThat(deleted).as("deletes with a death at step %s", step).hasSizeBetween(2, 3);
        assertThat(Set.copyOf(deleted)).isEqualTo(Set.of(ids.get(0), ids.get(3)));
        assertThat(repeated(all)).as("repeated with a death at step %s", step).isLessThanOrEqualTo(1);
        assertThat(all.stream().anyMatch(each -> "resyncCompleted".equals(each.type())))
                .isTrue();
    }

    private static long repeated(List<ConsumerRoute.Received> all) {
        Set<String> seen = new HashSet<>();
        Stream<String> keysOfTheResync = all.stream().skip(RECORDS).map(ConsumerRoute.Received::key);
        return keysOfTheResync.filter(key -> !seen.add(key)).count();
    }

    private ConsumerRoute reader(DeltaTokenRepository tokens) {
        return ConsumerRoute.of(simulator)
                .with("idempotentRepository", tokens)
                .with("knownIds", true)
                .with("onTokenExpired", "resync")
                .with("maxPageSize", 1);
    }

    private List<String> create() {
        return IntStream.range(0, RECORDS)
                .mapToObj(i -> accounts.create(Map.of("name", "Account " + i)))
                .toList();
    }
}
