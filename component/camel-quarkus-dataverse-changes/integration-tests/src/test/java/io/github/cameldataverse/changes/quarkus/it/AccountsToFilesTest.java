package io.github.cameldataverse.changes.quarkus.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

// tag::test[]
@QuarkusTest
@QuarkusTestResource(Organization.class)
class AccountsToFilesTest {

    DataverseSimulator simulator;
    Path accounts;

    @Test
    void aChangeArrivesThroughBeansThatAreNamedByTheirClass() {
        String id = simulator.table("account").create(Map.of("name", "Contoso"));
        String key = id + "@" + simulator.table("account").version(id);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(accounts.resolve(key + ".json")).content().contains("\"name\":\"Contoso\""));
        assertThat(simulator.requests().get(0).headers().toString()).contains("Bearer own");
    }
}
// end::test[]
