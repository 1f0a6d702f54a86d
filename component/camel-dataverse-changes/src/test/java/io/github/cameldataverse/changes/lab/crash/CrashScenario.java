package io.github.cameldataverse.changes.lab.crash;

import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.lab.crash.point.CrashPoints;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;

/** A table, a sink and a token repository, and the readers that die over them one after the other. */
final class CrashScenario {

    /** Which sink, which token repository, whether the token expires in between, and which API is asked. */
    enum Kind {
        FILE_TO_FILE("file", "file", false, ChangeTrackingApi.WEB_API),
        JMS_TO_FILE("jms", "file", false, ChangeTrackingApi.WEB_API),
        SQL_TO_JDBC("sql", "jdbc", false, ChangeTrackingApi.WEB_API),
        FILE_TO_MEMORY("file", "memory", false, ChangeTrackingApi.WEB_API),
        RESYNC_TO_FILE("file", "file", true, ChangeTrackingApi.WEB_API),
        RESYNC_TO_JDBC("sql", "jdbc", true, ChangeTrackingApi.WEB_API),
        SOAP_TO_FILE("file", "file", false, ChangeTrackingApi.ORGANIZATION_SERVICE),
        SOAP_RESYNC_TO_JDBC("sql", "jdbc", true, ChangeTrackingApi.ORGANIZATION_SERVICE),
        BATCHES_TO_FILE("file", "file", false, ChangeTrackingApi.WEB_API),
        RESYNC_IN_BATCHES_TO_JDBC("sql", "jdbc", true, ChangeTrackingApi.ORGANIZATION_SERVICE),
        TRANSACTION_ON_H2("transaction", "sink", false, ChangeTrackingApi.WEB_API),
        TRANSACTION_ON_POSTGRES("transaction", "sink", true, ChangeTrackingApi.ORGANIZATION_SERVICE);

        private final String sink;
        private final String tokens;
        private final boolean expires;
        private final ChangeTrackingApi api;

        Kind(String sink, String tokens, boolean expires, ChangeTrackingApi api) {
            this.sink = sink;
            this.tokens = tokens;
            this.expires = expires;
            this.api = api;
        }

        private String options() {
            return "&api=" + api.word() + "&onTokenExpired=" + (expires ? "resync" : "fail")
                    + (isTransacted() ? "&manualCommit=true" : "")
                    + (batchSize() > 1 ? "&exchangePer=batch&batchSize=" + batchSize() : "");
        }

        /** Of a page of five. */
        private int batchSize() {
            return this == BATCHES_TO_FILE || this == RESYNC_IN_BATCHES_TO_JDBC ? 2 : 1;
        }

        boolean isTransacted() {
            return sink.equals("transaction");
        }
    }

    private final ExternalServices neighbours;
    private final CrashReaderOptions setup;
    private final ConcurrentWriter colleague;
    private final Kind kind;
    private int kills;

    CrashScenario(Kind kind, ExternalServices neighbours, Path directory, long seed) throws Exception {
        this.kind = kind;
        this.neighbours = neighbours;
        neighbours.simulator().reset();
        String database =
                kind == Kind.TRANSACTION_ON_POSTGRES ? neighbours.newPostgresDatabase() : neighbours.newDatabase();
        this.setup = new CrashReaderOptions(
                neighbours.simulator().organizationUrl().toString(),
                sink(kind, directory, database),
                tokens(kind, directory, database),
                kind.options());
        this.colleague = new ConcurrentWriter(neighbours.simulator(), seed, kind.expires);
        colleague.begin();
    }

    private String sink(Kind kind, Path directory, String database) {
        return switch (kind.sink) {
            case "file" -> "file:" + directory.resolve("effects");
            case "jms" -> "jms:" + neighbours.newQueue();
            case "transaction" -> "transaction:" + database;
            default -> "sql:" + database;
        };
    }

    private static String tokens(Kind kind, Path directory, String database) {
        return switch (kind.tokens) {
            case "file" -> "file:" + directory.resolve("tokens");
            case "jdbc" -> "jdbc:" + database;
            case "sink" -> "sink:";
            default -> "memory:";
        };
    }

    /** A reader that dies at the n-th point of its walk: at what; nothing if its walk was shorter. */
    String dieAt(int nth) throws Exception {
        String point = CrashReaderProcess.start(neighbours.image(), setup, Integer.toString(nth))
                .end();
        kills += point.isEmpty() ? 0 : 1;
        return point;
    }

    /** A reader that is killed a while after its start. */
    boolean killAfter(long millis) throws Exception {
        boolean killed = CrashReaderProcess.start(neighbours.image(), setup, Integer.toString(Integer.MAX_VALUE))
                .killedAfter(millis);
        kills += killed ? 1 : 0;
        return killed;
    }

    /** A reader that falls asleep at the third point of a kind. */
    CrashReaderProcess sleepAt(String kind) throws Exception {
        CrashReaderProcess child = CrashReaderProcess.start(neighbours.image(), setup, kind);
        child.awaitSleep();
        return child;
    }

    Kind kind() {
        return kind;
    }

    int kills() {
        return kills;
    }

    /** How many effects may take place a second time by now. */
    int repeatsAllowed() {
        return setup.isTransacted() ? 0 : kills * kind.batchSize();
    }

    /** A reader that lives until nothing more comes; the table and the sink must be one then. Repeated effects. */
    int recover() throws Exception {
        AtomicInteger idle = new AtomicInteger();
        try (EffectSink sink = setup.openSink(CrashPoints.NONE);
                CamelContext context = CrashReader.start(setup, CrashPoints.NONE, sink, idle::incrementAndGet)) {
            await().atMost(Duration.ofSeconds(60)).until(colleague::isDone);
            int before = idle.get();
            await().pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> idle.get() >= before + 2);
        }
        return check();
    }

    /** The table and the sink must be one; repeated effects. */
    int check() throws Exception {
        ExpectedEffects oracle = new ExpectedEffects(effects());
        if (setup.forgets()) {
            oracle.assertMakesAtLeast(neighbours.simulator().table("account"));
            return 0;
        }
        oracle.assertMakes(neighbours.simulator().table("account"));
        oracle.assertInOrder();
        return oracle.repeated();
    }

    List<SinkEffect> effects() throws Exception {
        String where = setup.sink().substring(setup.sink().indexOf(':') + 1);
        return switch (setup.sink().substring(0, setup.sink().indexOf(':'))) {
            case "file" -> FileEffectSink.effects(Path.of(where));
            case "jms" -> JmsEffectSink.drain(where);
            default -> SqlEffectSink.effects(CrashReaderOptions.database(where));
        };
    }
}
