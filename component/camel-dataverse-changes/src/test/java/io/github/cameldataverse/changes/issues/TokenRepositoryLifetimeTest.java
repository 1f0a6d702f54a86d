package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.StatefulService;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A repository belonged to one context until its end: a route that was removed left its directory locked, so that the next one
 * was refused, and a context that stopped stopped the repository under the readers of another one.
 */
@OverBothApis
class TokenRepositoryLifetimeTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final String database = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

    @TempDir
    Path directory;

    enum Store {
        MEMORY,
        FILE,
        DATABASE,
        KEYS_IN_MEMORY,
        KEYS_IN_A_FILE,
        KEYS_IN_A_DATABASE;

        private IdempotentRepository repository(TokenRepositoryLifetimeTest test) {
            return switch (this) {
                case MEMORY -> new MemoryDeltaTokenRepository();
                case FILE -> new FileDeltaTokenRepository(test.directory);
                case DATABASE -> new JdbcDeltaTokenRepository(test.database());
                case KEYS_IN_MEMORY -> keysInMemory();
                case KEYS_IN_A_FILE ->
                    FileIdempotentRepository.fileIdempotentRepository(
                            test.directory.resolve("keys.txt").toFile());
                case KEYS_IN_A_DATABASE -> new JdbcMessageIdRepository(test.database(), "tokens");
            };
        }

        /** Not by its factory method, which starts it. */
        private static MemoryIdempotentRepository keysInMemory() {
            MemoryIdempotentRepository keys = new MemoryIdempotentRepository();
            keys.setCacheSize(10_000);
            return keys;
        }

        private boolean outlivesItsRepository() {
            return this != MEMORY && this != KEYS_IN_MEMORY;
        }
    }

    private JdbcDataSource database() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(database);
        return source;
    }

    private ConsumerRoute reader(IdempotentRepository tokens) {
        return ConsumerRoute.of(simulator, api).with("idempotentRepository", tokens);
    }

    private void create(String table) {
        simulator.table(table).create(Map.of(table.equals("account") ? "name" : "lastname", "Contoso"));
    }

    @ParameterizedTest
    @EnumSource
    void aRouteComesAndGoesAndLeavesNothingBehind(Store store) throws Exception {
        try (ConsumerRoute reader = ConsumerRoute.of(simulator, api)) {
            reader.context().start();
            for (int time = 1; time <= 4; time++) {
                create("account");
                reader.with("idempotentRepository", store.repository(this)).addRoute(ConsumerRoute.ROUTE);
                int all =
                        store.outlivesItsRepository() ? time : reader.received().size() + time;
                await().until(() -> reader.received().size() == all && reader.polls() >= 2);
                assertThat(shownToManagement()).hasSize(1);
                reader.context().getRouteController().stopRoute(ConsumerRoute.ROUTE);
                reader.context().removeRoute(ConsumerRoute.ROUTE);
                assertThat(openFiles()).isEmpty();
                assertThat(shownToManagement()).isEmpty();
            }
        }
    }

    private static Set<ObjectName> shownToManagement() throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("org.apache.camel:type=services,*"), null)
                .stream()
                .filter(name -> name.toString().matches(".*(Token|Idempotent|MessageId)Repository.*"))
                .collect(Collectors.toSet());
    }

    private List<Path> openFiles() throws IOException {
        Path real = directory.toRealPath();
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.map(TokenRepositoryLifetimeTest::target)
                    .filter(file -> file.startsWith(real))
                    .toList();
        }
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException e) {
            return descriptor; // It was closed in between.
        }
    }

    @Test
    void routesOfATemplateWithABeanOfItsOwnShareADirectory() throws Exception {
        List<String> arrived = new CopyOnWriteArrayList<>();
        create("account");
        create("contact");
        try (CamelContext context = new DefaultCamelContext()) {
            context.addRoutes(template(arrived));
            context.start();
            for (String table : List.of("account", "contact")) {
                TemplatedRouteBuilder.builder(context, "reader")
                        .parameter("table", table)
                        .routeId(table)
                        .add();
            }
            await().until(() -> arrived.size() == 2);
            context.getRouteController().stopRoute("account");
            context.removeRoute("account");
            create("contact");
            await().until(() -> arrived.size() == 3);
            context.getRouteController().stopRoute("contact");
            context.removeRoute("contact");
            assertThat(openFiles()).isEmpty();
        }
    }

    private RouteBuilder template(List<String> arrived) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                routeTemplate("reader")
                        .templateParameter("table")
                        .templateBean(
                                "tokens",
                                FileDeltaTokenRepository.class,
                                any -> new FileDeltaTokenRepository(directory))
                        .from(uri("{{table}}", "#bean:{{tokens}}"))
                        .process(exchange -> arrived.add("{{table}}"));
            }
        };
    }

    private String uri(String table, String tokens) {
        return "dataverse-changes:" + table + "?organizationUrl=" + simulator.organizationUrl()
                + "&allowInsecure=true&accessToken=demo&delay=20&initialDelay=0&api=" + api.word()
                + "&idempotentRepository=" + tokens;
    }

    @Test
    void aFileWithBeanAndRouteIsReloadedAgainAndAgain() throws Exception {
        List<Object> arrived = new CopyOnWriteArrayList<>();
        Processor sink = exchange -> arrived.add(exchange.getMessage().getHeader("CamelDataverseChangesPhase"));
        Path yaml = Files.writeString(
                directory.resolveSibling(directory.getFileName() + ".yaml"),
                """
                - beans:
                    - name: tokens
                      type: %s
                      properties:
                        directory: %s
                - route:
                    id: reader
                    from:
                      uri: "%s"
                      steps:
                        - process:
                            ref: sink
                """
                        .formatted(
                                FileDeltaTokenRepository.class.getName(), directory, uri("account", "#bean:tokens")));
        try (CamelContext context = new DefaultCamelContext();
                RouteWatcherReloadStrategy reload = new RouteWatcherReloadStrategy()) {
            context.getRegistry().bind("sink", sink);
            reload.setCamelContext(context);
            context.start();
            reload.start();
            for (int time = 1; time <= 4; time++) {
                create("account");
                reload.getResourceReload()
                        .onReload(yaml.toString(), ResourceHelper.resolveResource(context, "file:" + yaml));
                int all = time;
                await().until(() -> arrived.size() == all);
                // The lock and the journal of what was delivered. A third is open while a checkpoint is written.
                await().untilAsserted(() -> assertThat(openFiles()).isNotEmpty().hasSizeLessThanOrEqualTo(2));
                assertThat(shownToManagement()).hasSize(1);
            }
            assertThat(arrived).containsExactly("initial", "delta", "delta", "delta");
        } finally {
            Files.delete(yaml);
        }
        assertThat(openFiles()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aContextThatStopsStopsNoReaderOfAnother(Store store) throws Exception {
        create("account");
        create("contact");
        IdempotentRepository tokens = store.repository(this);
        try (ConsumerRoute stays = reader(tokens).table("contact")) {
            try (ConsumerRoute goes = reader(tokens)) {
                goes.start();
                await().until(() -> goes.received().size() == 1 && goes.word() == Word.UP);
                stays.start();
                await().until(() -> stays.received().size() == 1 && stays.polls() >= 2);
            }
            create("contact");
            await().until(() -> stays.received().size() == 2);
            long polls = stays.polls();
            await().until(() -> stays.polls() > polls + 1);
            assertThat(stays.word()).isEqualTo(Word.UP);
            assertThat(stays.received())
                    .extracting(each -> each.headers().get("CamelDataverseChangesPhase"))
                    .containsExactly("initial", "delta");
            assertThat(((StatefulService) tokens).isStarted()).isTrue();
        }
        assertThat(((StatefulService) tokens).isStarted()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aRouteThatIsStoppedAndStartedGoesOnWhereItWas(Store store) throws Exception {
        create("account");
        IdempotentRepository tokens = store.repository(this);
        try (ConsumerRoute reader = reader(tokens).start()) {
            await().until(() -> reader.received().size() == 1 && reader.polls() >= 2);
            reader.context().getRouteController().stopRoute(ConsumerRoute.ROUTE);
            assertThat(openFiles()).isEmpty();
            create("account");
            reader.context().getRouteController().startRoute(ConsumerRoute.ROUTE);
            await().until(() -> reader.received().size() == 2);
            assertThat(reader.received())
                    .extracting(each -> each.headers().get("CamelDataverseChangesPhase"))
                    .containsExactly("initial", "delta");
        }
        assertThat(((StatefulService) tokens).isStarted()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aRepositoryThatAnotherRouteHasForItsIdempotentConsumerStaysStarted(Store store) throws Exception {
        create("account");
        IdempotentRepository tokens = store.repository(this);
        try (ConsumerRoute reader = reader(tokens).start();
                ProducerTemplate template = reader.context().createProducerTemplate()) {
            await().until(() -> reader.received().size() == 1);
            reader.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in")
                            .idempotentConsumer(body())
                            .idempotentRepository("idempotentRepository")
                            .to("mock:out");
                }
            });
            reader.context().getRouteController().stopRoute(ConsumerRoute.ROUTE);
            reader.context().removeRoute(ConsumerRoute.ROUTE);
            template.sendBody("direct:in", "once");
            assertThat(tokens.contains("once")).isTrue();
        }
    }

    @Test
    void whoeverHasStartedARepositoryStopsIt() throws Exception {
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
        tokens.start();
        try (ConsumerRoute reader = reader(tokens).start()) {
            await().until(() -> reader.word() == Word.UP);
        }
        assertThat(tokens.isStarted()).isTrue();
        tokens.stop();
    }

    @ParameterizedTest
    @EnumSource(names = {"MEMORY", "FILE", "DATABASE"})
    void whatARouteAcceptsWhenItsConsumerIsStoppedAlreadyIsNoted(Store store) throws Exception {
        create("account");
        create("account");
        IdempotentRepository tokens = store.repository(this);
        CountDownLatch sent = new CountDownLatch(1);
        Semaphore held = new Semaphore(0);
        List<Object> arrived = new CopyOnWriteArrayList<>();
        try (CamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("tokens", tokens);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    // Camel's own error handler refuses what comes back behind a forced stop.
                    errorHandler(noErrorHandler());
                    from(uri("account", "#tokens")).routeId("reader").process(exchange -> {
                        arrived.add(exchange.getMessage().getHeader("CamelDataverseChangesKey"));
                        sent.countDown();
                        held.acquireUninterruptibly();
                    });
                }
            });
            context.start();
            sent.await();
            context.getRouteController().stopRoute("reader", 1, TimeUnit.MILLISECONDS);
            held.release(100);
            await().until(() -> !((StatefulService) tokens).isStarted());
            assertThat(arrived).hasSize(1);
            context.getRouteController().startRoute("reader");
            await().until(() -> arrived.size() >= 2);
            assertThat(arrived).doesNotHaveDuplicates();
        }
    }
}
