package io.github.cameldataverse.changes.behaviour.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.model.ProcessorDefinition;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Camel's idempotent consumer in the route, in front of the effect, with its claims in a database. */
@OverBothApis
class IdempotentConsumerTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final MortalDatabase database = new MortalDatabase();
    private final List<String> effects = new CopyOnWriteArrayList<>();
    private List<String> keys = List.of();

    @BeforeEach
    void create() {
        keys = IntStream.range(0, 3).mapToObj(i -> create("Account " + i)).toList();
    }

    @AfterEach
    void stop() throws SQLException {
        database.execute("SHUTDOWN");
    }

    @ParameterizedTest(name = "eager({0})")
    @ValueSource(booleans = {true, false})
    @ProvesFault("R12")
    void aRepositoryThatFailsFailsTheExchangeAndTheChangeComesAgain(boolean eager) throws Exception {
        JdbcDeltaTokenRepository claims = claims();
        claims.start();
        database.execute("DROP TABLE dataverse_idempotent");
        try (ConsumerRoute reader = reader(claims, eager, this::takeEffect).start()) {
            await().until(() -> reader.word() == Word.POISONED);
            assertThat(reader.message()).contains(keys.get(0));
            assertThat(reader.received()).isEmpty();
            claims().start();
            await().until(() -> reader.received().size() == 3);
            assertThat(effects).containsExactlyElementsOf(keys);
        }
    }

    @Test
    @ProvesFault("R12")
    void aLateClaimRepeatsNoEffectAndLosesNoneWhenTheProcessDiesInFrontOfIt() throws Exception {
        dieInFrontOfTheEffectOf(keys.get(1), false);
        assertThat(effectsAfterARestart(false)).containsExactlyElementsOf(keys);
    }

    /**
     * The trap of an eager claim, which is Camel's default: the claim outlives the process, so the change that comes again
     * is taken for a repeated one, and its effect never takes place. Nothing in front of the route can know that.
     */
    @Test
    @ProvesFault("R12")
    void anEagerClaimInFrontOfTheEffectLosesTheChangeAtACrashWhichIsCamelsTrap() throws Exception {
        dieInFrontOfTheEffectOf(keys.get(1), true);
        assertThat(effectsAfterARestart(true)).containsExactly(keys.get(0), keys.get(2));
    }

    private void dieInFrontOfTheEffectOf(String key, boolean eager) throws Exception {
        Processor deadly = exchange -> {
            if (key.equals(key(exchange))) {
                database.die();
                throw new IllegalStateException("the process dies here");
            }
            takeEffect(exchange);
        };
        try (ConsumerRoute reader = reader(claims(), eager, deadly).start()) {
            await().until(() -> database.isDead() && reader.polls() > 2);
        }
        assertThat(effects).containsExactly(keys.get(0));
    }

    private List<String> effectsAfterARestart(boolean eager) throws Exception {
        database.comeBack();
        try (ConsumerRoute reader = reader(claims(), eager, this::takeEffect).start()) {
            await().until(() -> effects.contains(keys.get(2)));
        }
        return effects;
    }

    /** The checkpoint of the reader is in the same database, and outlives the process as the claims do. */
    private ConsumerRoute reader(JdbcDeltaTokenRepository repository, boolean eager, Processor effect) {
        return ConsumerRoute.of(simulator, api)
                .with("idempotentRepository", repository)
                .through(route -> guarded(route, repository, eager).process(effect));
    }

    private static ProcessorDefinition<?> guarded(
            ProcessorDefinition<?> route, JdbcDeltaTokenRepository claims, boolean eager) {
        return route.idempotentConsumer()
                .header(DataverseChangesConstants.KEY)
                .idempotentRepository(claims)
                .eager(eager);
    }

    private JdbcDeltaTokenRepository claims() {
        return new JdbcDeltaTokenRepository(database.dataSource());
    }

    private void takeEffect(Exchange exchange) {
        effects.add(key(exchange));
    }

    private static String key(Exchange exchange) {
        return exchange.getMessage().getHeader(DataverseChangesConstants.KEY, String.class);
    }

    private String create(String name) {
        String id = simulator.table("account").create(Map.of("name", name));
        return id + "@" + simulator.table("account").version(id);
    }

    /** A database that a process no longer reaches when it has died, so that nothing it does then is kept. */
    private static final class MortalDatabase {

        private final JdbcDataSource real = new JdbcDataSource();
        private volatile boolean dead;

        MortalDatabase() {
            real.setURL("jdbc:h2:mem:claims;DB_CLOSE_DELAY=-1");
        }

        DataSource dataSource() {
            return (DataSource) Proxy.newProxyInstance(
                    MortalDatabase.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, args) -> {
                        assertThat(method.getName()).isEqualTo("getConnection");
                        return connection();
                    });
        }

        private Connection connection() throws SQLException {
            if (dead) {
                throw new SQLException("the process is dead");
            }
            return real.getConnection();
        }

        void die() {
            dead = true;
        }

        void comeBack() {
            dead = false;
        }

        boolean isDead() {
            return dead;
        }

        void execute(String sql) throws SQLException {
            try (Connection connection = connection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }
}
