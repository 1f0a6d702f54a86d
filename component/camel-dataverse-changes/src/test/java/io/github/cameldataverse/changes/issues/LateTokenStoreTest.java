package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ChildProcess;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.token.file.DirectoryLockProcess;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.SupervisingRouteController;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A store that was not there at the first start was never started again: the route said that it was started, and every poll
 * failed for good.
 */
@OverBothApis
class LateTokenStoreTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final String database = "jdbc:h2:mem:" + UUID.randomUUID();

    private AutoCloseable inTheWay = () -> {};

    @TempDir
    Path directory;

    @AfterEach
    void clear() throws Exception {
        inTheWay.close();
    }

    /** Where tokens are, and what keeps a reader from them at first. */
    enum Store {
        /** Another process has the directory: the old one of a rolling update. */
        DIRECTORY {
            @Override
            IdempotentRepository late(LateTokenStoreTest test) throws Exception {
                ChildProcess holder = ChildProcess.run(DirectoryLockProcess.class, test.directory.toString());
                assertThat(holder.line("started", "The directory")).isEqualTo("started");
                test.inTheWay = holder;
                return new FileDeltaTokenRepository(test.directory);
            }

            @Override
            void comes(LateTokenStoreTest test) throws Exception {
                test.inTheWay.close();
            }
        },
        DATABASE {
            @Override
            IdempotentRepository late(LateTokenStoreTest test) {
                return new JdbcDeltaTokenRepository(test.absent());
            }

            @Override
            void comes(LateTokenStoreTest test) throws Exception {
                test.inTheWay = DriverManager.getConnection(test.database);
            }
        },
        KEYS_IN_A_FILE {
            @Override
            IdempotentRepository late(LateTokenStoreTest test) throws Exception {
                Path folder = Files.createFile(test.directory.resolve("folder"));
                return FileIdempotentRepository.fileIdempotentRepository(
                        folder.resolve("keys.txt").toFile());
            }

            @Override
            void comes(LateTokenStoreTest test) throws Exception {
                Files.delete(test.directory.resolve("folder"));
            }
        },
        KEYS_IN_A_DATABASE {
            @Override
            IdempotentRepository late(LateTokenStoreTest test) {
                return new JdbcMessageIdRepository(test.absent(), "tokens");
            }

            @Override
            void comes(LateTokenStoreTest test) throws Exception {
                DATABASE.comes(test);
            }
        };

        /** A repository that cannot be started yet. */
        abstract IdempotentRepository late(LateTokenStoreTest test) throws Exception;

        abstract void comes(LateTokenStoreTest test) throws Exception;
    }

    /** A database that refuses its users until somebody makes it. */
    private JdbcDataSource absent() {
        JdbcDataSource absent = new JdbcDataSource();
        absent.setURL(database + ";IFEXISTS=TRUE");
        return absent;
    }

    private ConsumerRoute reader(Store store) throws Exception {
        simulator.table("account").create(Map.of("name", "Contoso"));
        return ConsumerRoute.of(simulator, api).with("idempotentRepository", store.late(this));
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault({"X3", "R6", "L6"})
    void theRouteReadsOnceItIsStartedBehindItsStore(Store store) throws Exception {
        try (ConsumerRoute reader = reader(store)) {
            startLate(reader);
            store.comes(this);
            startsAndReads(reader);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameWithAPreflight(Store store) throws Exception {
        try (ConsumerRoute reader = reader(store).with("preflight", true)) {
            startLate(reader);
            store.comes(this);
            startsAndReads(reader);
        }
    }

    /** Each attempt is refused, be it the first one or not. */
    private static void startLate(ConsumerRoute reader) throws Exception {
        reader.context().start();
        Throwable unused = catchThrowable(() -> reader.addRoute(ConsumerRoute.ROUTE));
        assertThatThrownBy(() -> reader.context().getRouteController().startRoute(ConsumerRoute.ROUTE))
                .isNotNull();
        assertThat(reader.context().getRouteController().getRouteStatus(ConsumerRoute.ROUTE))
                .isNotEqualTo(ServiceStatus.Started);
    }

    private static void startsAndReads(ConsumerRoute reader) throws Exception {
        reader.context().getRouteController().startRoute(ConsumerRoute.ROUTE);
        await().until(() -> reader.word() == Word.UP && reader.received().size() == 1);
    }

    @ParameterizedTest
    @EnumSource
    void theSupervisingRouteControllerBringsTheRouteUp(Store store) throws Exception {
        try (ConsumerRoute reader = reader(store)) {
            SupervisingRouteController supervisor =
                    reader.context().getRouteController().supervising();
            supervisor.setBackOffDelay(50);
            supervisor.setInitialDelay(0);
            reader.start();
            await().until(() -> !supervisor.getRestartingRoutes().isEmpty());
            store.comes(this);
            await().until(() -> reader.received().size() == 1);
            await().until(() -> reader.word() == Word.UP);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherRouteThatStopsTheRepositoryStopsNoReader(Store store) throws Exception {
        try (ConsumerRoute reader = reader(store)) {
            store.comes(this);
            reader.start();
            sharesItsRepository(reader.context());
            await().until(() -> reader.word() == Word.UP && reader.received().size() == 1);
            reader.context().getRouteController().stopRoute("sharer");
            simulator.table("account").create(Map.of("name", "Fabrikam"));
            await().until(() -> reader.received().size() == 2);
            reader.context().removeRoute("sharer");
            simulator.table("account").create(Map.of("name", "Adventure Works"));
            await().until(() -> reader.received().size() == 3);
            await().until(() -> reader.word() == Word.UP);
        }
    }

    private static void sharesItsRepository(CamelContext context) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .routeId("sharer")
                        .idempotentConsumer(body())
                        .idempotentRepository("idempotentRepository")
                        .to("mock:out");
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void anOperationOnTokensStartsTheRepositoryWhenItIsThere(Store store) throws Exception {
        try (ConsumerRoute reader = reader(store)) {
            String uri = reader.uri() + "&operation=tables";
            reader.context().start();
            try (ProducerTemplate template = reader.context().createProducerTemplate()) {
                assertThatThrownBy(() -> token(template, uri)).isNotNull();
                assertThatThrownBy(() -> token(template, uri)).isNotNull();
                store.comes(this);
                assertThat(token(template, uri)).isEqualTo(Map.of("stored", false));
            }
        }
    }

    private static Object token(ProducerTemplate template, String uri) {
        return template.requestBodyAndHeader(uri, null, "CamelDataverseChangesOperation", "token");
    }
}
