package io.github.cameldataverse.changes.behaviour.lifecycle;

import static io.github.cameldataverse.changes.harness.SampleCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.spi.IdempotentRepository;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The repositories as beans of properties and YAML, with a route that uses one as Camel's idempotent repository. */
class TokenRepositoryBeansTest {

    @TempDir
    Path directory;

    @Test
    void aFileRepositoryIsABeanOfProperties() throws Exception {
        Main main = new Main();
        main.addInitialProperty("camel.beans.tokens", "#class:" + FileDeltaTokenRepository.class.getName());
        main.addInitialProperty("camel.beans.tokens.directory", directory.toString());
        main.addInitialProperty("camel.beans.tokens.maxKeys", "7");
        run(main, FileDeltaTokenRepository.class, repository -> {
            assertThat(repository.getDirectory()).isEqualTo(directory.toString());
            assertThat(repository.getMaxKeys()).isEqualTo(7);
        });
        assertThat(directory).isDirectoryContaining("glob:**.token");
    }

    @Test
    void aJdbcRepositoryIsABeanOfProperties() throws Exception {
        Main main = new Main();
        main.bind("database", database());
        main.addInitialProperty("camel.beans.tokens", "#class:" + JdbcDeltaTokenRepository.class.getName());
        main.addInitialProperty("camel.beans.tokens.dataSource", "#bean:database");
        main.addInitialProperty("camel.beans.tokens.tablePrefix", "crm_");
        main.addInitialProperty("camel.beans.tokens.createTables", "true");
        run(main, JdbcDeltaTokenRepository.class, repository -> assertThat(repository.getTablePrefix())
                .isEqualTo("crm_"));
    }

    @Test
    void aMemoryRepositoryIsABeanOfProperties() throws Exception {
        Main main = new Main();
        main.addInitialProperty("camel.beans.tokens", "#class:" + MemoryDeltaTokenRepository.class.getName());
        run(main, MemoryDeltaTokenRepository.class, repository -> assertThat(repository.getTokenCount())
                .isZero());
    }

    @Test
    void aFileRepositoryIsABeanOfYaml() throws Exception {
        Main main = new Main();
        main.configure()
                .withRoutesIncludePattern("file:"
                        + yaml(
                                """
                - beans:
                    - name: tokens
                      type: %s
                      properties:
                        directory: %s
                """
                                        .formatted(
                                                FileDeltaTokenRepository.class.getName(),
                                                directory.resolve("tokens"))));
        run(main, FileDeltaTokenRepository.class, repository -> assertThat(repository.getDirectory())
                .isEqualTo(directory.resolve("tokens").toString()));
    }

    @Test
    void aJdbcRepositoryIsABeanOfYaml() throws Exception {
        Main main = new Main();
        main.bind("database", database());
        main.configure()
                .withRoutesIncludePattern("file:"
                        + yaml(
                                """
                - beans:
                    - name: tokens
                      type: %s
                      properties:
                        dataSource: "#bean:database"
                """
                                        .formatted(JdbcDeltaTokenRepository.class.getName())));
        run(main, JdbcDeltaTokenRepository.class, repository -> assertThat(repository.getTablePrefix())
                .isEqualTo("dataverse_"));
    }

    private Path yaml(String text) throws IOException {
        return Files.writeString(directory.resolve("beans.yaml"), text);
    }

    private static JdbcDataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:beans;DB_CLOSE_DELAY=-1");
        return database;
    }

    private interface Check<T> {
        void on(T repository) throws Exception;
    }

    /** A context of its own starts the repository because it is its service, uses it, shows it to JMX, and stops it. */
    private static <T extends DeltaTokenRepository> void run(Main main, Class<T> type, Check<T> check)
            throws Exception {
        main.configure().addLambdaRouteBuilder(route -> route.from("direct:in")
                .idempotentConsumer(route.body())
                .idempotentRepository("tokens")
                .to("mock:out"));
        main.start();
        try {
            CamelContext camel = main.getCamelContext();
            T repository = type.cast(camel.getRegistry().lookupByNameAndType("tokens", IdempotentRepository.class));
            check.on(repository);
            camel.createProducerTemplate().sendBody("direct:in", "once");
            assertThat(repository.contains("once")).isTrue();
            repository.replace(ACCOUNTS, SampleCheckpoints.first());
            assertThat(repository.load(ACCOUNTS)).contains(new StoredToken(SampleCheckpoints.first(), Map.of()));
            assertShownToJmx(type);
        } finally {
            main.stop();
        }
    }

    private static void assertShownToJmx(Class<?> type) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        assertThat(server.queryNames(new ObjectName("org.apache.camel:*"), null))
                .filteredOn(name -> name.toString().contains(type.getSimpleName()))
                .singleElement()
                .satisfies(name -> assertThat(server.getMBeanInfo(name).getOperations())
                        .extracting(MBeanOperationInfo::getName)
                        .contains("clear"));
    }
}
