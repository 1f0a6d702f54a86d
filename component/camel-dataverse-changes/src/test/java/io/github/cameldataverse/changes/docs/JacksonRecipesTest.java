package io.github.cameldataverse.changes.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.DataverseChangesEndpoint;
import io.github.cameldataverse.changes.docs.cookbook.Account;
import io.github.cameldataverse.changes.docs.cookbook.ConvertRecipe;
import io.github.cameldataverse.changes.docs.cookbook.HistoryRecipe;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** Runs the recipes of docs/cookbook.md that make objects of rows with camel-jackson. */
class JacksonRecipesTest {

    private static final String RECIPES = "component/camel-dataverse-changes/src/test/resources/docs/cookbook/";

    @RegisterExtension
    static final DataverseSimulatorExtension SIMULATOR = new DataverseSimulatorExtension();

    private final Main main = new Main();

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void theHistoryOfATableIsWrittenFromObjects() {
        JdbcTemplate database = history();

        start(new HistoryRecipe());

        assertHistory(database);
    }

    @Test
    void theSameInYaml() {
        assertHistoryOfRoutesIn("history.yaml");
    }

    @Test
    @Tag("needs-camel-xml-io-dsl")
    void theSameInXml() {
        assertHistoryOfRoutesIn("history.xml");
    }

    private void assertHistoryOfRoutesIn(String file) {
        JdbcTemplate database = history();
        main.configure().withRoutesIncludePattern("file:" + Repository.path(RECIPES + file));

        start();

        assertHistory(database);
    }

    @Test
    void theConverterOfCamelJacksonKeepsMoneyInAClassAndLosesItsZeroesInAMap() {
        List<Object> accounts = new CopyOnWriteArrayList<>();
        List<Object> doubles = new CopyOnWriteArrayList<>();
        String id = SIMULATOR
                .table("account")
                .create(Map.of("name", "Adventure Works", "revenue", new BigDecimal("10.0000")));
        main.setPropertyPlaceholderLocations("file:" + Repository.path(RECIPES + "jackson-converter.properties"));

        start(new ConvertRecipe(), sink("direct:sink", accounts), sink("direct:doubles", doubles));

        await().until(() -> accounts.size() == 1 && doubles.size() == 1);
        assertThat(accounts).containsExactly(new Account(id, "Adventure Works", new BigDecimal("10.0000")));
        assertThat(doubles).singleElement().isInstanceOfSatisfying(Map.class, row -> assertThat(row.get("revenue"))
                .isEqualTo(10.0d));
    }

    /** Both versions of a record, each with the amount that it had. */
    private static void assertHistory(JdbcTemplate database) {
        String id = SIMULATOR
                .table("account")
                .create(Map.of("name", "Adventure Works", "revenue", new BigDecimal("10.0000")));
        await().until(() -> rows(database).size() == 1);
        SIMULATOR.table("account").update(id, Map.of("revenue", new BigDecimal("922337203685477.5807")));
        await().until(() ->
                rows(database).equals(List.of("Adventure Works 10.0000", "Adventure Works 922337203685477.5807")));
    }

    private static List<String> rows(JdbcTemplate database) {
        return database.queryForList(
                "select name || ' ' || revenue from account_history order by version", String.class);
    }

    private JdbcTemplate history() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1");
        JdbcTemplate statements = new JdbcTemplate(database);
        statements.execute(Repository.read(RECIPES + "account_history.sql"));
        main.bind("dataSource", database);
        return statements;
    }

    private static RouteBuilder sink(String uri, List<Object> bodies) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).process(exchange -> bodies.add(exchange.getMessage().getBody()));
            }
        };
    }

    private void start(RouteBuilder... routes) {
        String component = "camel.component.dataverse-changes.";
        main.addOverrideProperty(
                component + "organizationUrl", SIMULATOR.organizationUrl().toString());
        main.addOverrideProperty(component + "allowInsecure", "true");
        main.addOverrideProperty(component + "accessToken", "demo");
        main.addOverrideProperty("sink", "direct:sink");
        main.addOverrideProperty("doubles", "direct:doubles");
        for (RouteBuilder route : routes) {
            main.configure().addRoutesBuilder(route);
        }
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport configured) {
                configured
                        .getCamelContext()
                        .getCamelContextExtension()
                        .registerEndpointCallback((uri, endpoint) -> withoutDelay(endpoint));
            }
        });
        main.start();
    }

    /** The recipes ask once a minute. */
    private static Endpoint withoutDelay(Endpoint endpoint) {
        if (endpoint instanceof DataverseChangesEndpoint changes) {
            changes.setInitialDelay(0);
            changes.setDelay(100);
        }
        return endpoint;
    }
}
