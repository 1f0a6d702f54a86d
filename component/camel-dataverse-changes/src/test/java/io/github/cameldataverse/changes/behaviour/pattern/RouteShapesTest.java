package io.github.cameldataverse.changes.behaviour.pattern;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.behaviour.pattern.Outcome.Step;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Runs each shape, and sees whether the change that it fails on comes again or counts as accepted. */
@OverBothApis
class RouteShapesTest {

    private static final int POLLS = 3;
    private static final Duration LONG = Duration.ofSeconds(30);

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();

    static List<RouteShape> shapes() {
        return RouteShape.all();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aChangeThatTheRouteFailsOnComesAgainOrThePageSaysThatItDoesNot(RouteShape shape) throws Exception {
        String refused = accountsIn(simulator.table("account"), 2).get(1);
        try (ConsumerRoute reader = ConsumerRoute.of(simulator, OverBothApis.API);
                Sink sink = new Sink(refused)) {
            start(reader.handlingErrors(builder -> shape.beside(builder, sink))
                    .through(route -> shape.steps(route, sink)));
            await().atMost(LONG).until(() -> isThrough(reader) || isRefusedAgainAndAgain(reader));
            assertThat(isThrough(reader))
                    .as("%s: %s", shape.words(), shape.outcome().why())
                    .isEqualTo(shape.outcome() != Outcome.COMES_AGAIN);
            await().atMost(LONG).until(() -> hasStruck(sink, shape.outcome().step()));
        }
    }

    /** A shape whose step is never reached shows nothing. */
    private static boolean hasStruck(Sink sink, Step step) {
        return switch (step) {
            case IS_NOT_REACHED -> sink.struck() == 0;
            case FAILS -> sink.struck() > 0;
            case FAILS_AGAIN -> sink.struck() > 1;
        };
    }

    private static void start(ConsumerRoute reader) throws Exception {
        reader.context().getRegistry().bind("transacted", transacted());
        reader.start();
        addTemplatedRoute(reader.context());
    }

    /** Whether the load is over, with both changes accepted. */
    private static boolean isThrough(ConsumerRoute reader) {
        Checkpoint at = reader.checkpoint();
        return at != null && at.roundLink() != null;
    }

    private static boolean isRefusedAgainAndAgain(ConsumerRoute reader) {
        return reader.word() == Word.POISONED && reader.polls() > POLLS;
    }

    private static void addTemplatedRoute(CamelContext context) {
        if (((ModelCamelContext) context).getRouteTemplateDefinition("shape") != null) {
            String unused = TemplatedRouteBuilder.builder(context, "shape")
                    .routeId("templated")
                    .add();
        }
    }

    private static SpringTransactionPolicy transacted() {
        return new SpringTransactionPolicy(
                new DataSourceTransactionManager(JdbcConnectionPool.create("jdbc:h2:mem:shapes", "", "")));
    }
}
