package io.github.cameldataverse.changes.behaviour.delivery;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.InterceptingProxy;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.sql.TestDatabase;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLRecoverableException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The database of the tokens goes down in the middle of a page, and comes back. */
@OverBothApis
class DatabaseThatGoesDownTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final AtomicInteger struck = new AtomicInteger();
    private volatile Moment down = Moment.NEVER;

    /** When it goes, as the reader sees it: each write of the store is a transaction of its own. */
    enum Moment {
        NEVER,
        BEFORE_A_CONNECTION,
        BEFORE_THE_COMMIT,
        BEHIND_THE_COMMIT
    }

    private Object call(Method method, InterceptingProxy.Made made) throws Throwable {
        boolean commits =
                method.getName().equals("executeUpdate") || method.getName().equals("commit");
        if (down == Moment.BEFORE_A_CONNECTION && method.getName().equals("getConnection")
                || down == Moment.BEFORE_THE_COMMIT && commits) {
            throw gone();
        }
        Object result = made.call();
        if (down == Moment.BEHIND_THE_COMMIT && commits) {
            throw gone();
        }
        if (result instanceof PreparedStatement) {
            return InterceptingProxy.to(PreparedStatement.class, result, this::call);
        }
        return result instanceof Connection ? InterceptingProxy.to(Connection.class, result, this::call) : result;
    }

    private SQLRecoverableException gone() {
        struck.incrementAndGet();
        return new SQLRecoverableException("The database is down", "08006");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEVER")
    @ProvesFault({"R5", "R6"})
    void nothingIsLostAndAGuardedSinkHasEachChangeOnce(Moment moment) throws Exception {
        accountsIn(simulator.table("account"), 10);
        List<String> sink = new CopyOnWriteArrayList<>();
        try (TestDatabase.Opened database = TestDatabase.H2.open();
                ConsumerRoute reader = ConsumerRoute.of(simulator, api)
                        .with("maxPageSize", 5)
                        .with(
                                "idempotentRepository",
                                new JdbcDeltaTokenRepository(
                                        InterceptingProxy.to(DataSource.class, database.dataSource(), this::call)))
                        .doing(exchange -> {
                            String key = exchange.getMessage().getHeader("CamelDataverseChangesKey", String.class);
                            if (!sink.contains(key)) {
                                sink.add(key);
                            }
                            down = sink.size() == 3 && struck.get() == 0 ? moment : down;
                        })
                        .start()) {
            await().until(() -> reader.word() == Word.STORE_LOST && struck.get() > 2);
            assertThat(sink).hasSizeLessThanOrEqualTo(5);
            down = Moment.NEVER;
            await().until(() -> sink.size() == 10 && reader.word() == Word.UP);
            await().until(() -> reader.checkpoint().roundLink() != null);
            assertThat(sink).hasSize(10);
        }
    }
}
