package io.github.cameldataverse.changes.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Organization.class)
class FilesTest {

    DataverseSimulator simulator;
    Path data;

    @Test
    void everyUpsertOfAnAccountBecomesAFile() {
        String id = simulator.table("account").create(Map.of("name", "Contoso"));
        Path file = data.resolve("accounts")
                .resolve(id + "@" + simulator.table("account").version(id) + ".json");
        await().untilAsserted(() -> assertThat(file).content().contains("\"name\":\"Contoso\""));
    }
}
