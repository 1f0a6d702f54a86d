package io.github.cameldataverse.changes.quarkus.newer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Organization.class)
class NewerQuarkusTest {

    @Inject
    CamelContext context;

    @Inject
    Arrivals arrivals;

    DataverseSimulator simulator;

    @Test
    void aChangeArrivesOnTheNewerCamel() {
        assertThat(context.getVersion()).startsWith("4.18.");
        simulator.table("account").create(Map.of("name", "Contoso"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(arrivals.rows()).singleElement().asString().contains("\"name\":\"Contoso\""));
    }
}
