package io.github.cameldataverse.changes.example;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HealthTest extends RouteTest {

    @Test
    void everyReaderIsACheckOfItsOwnAndTellsWhereItStandsAlsoWhileItIsUp() {
        soon().untilAsserted(() -> assertThat(get("/q/health").statusCode()).isEqualTo(200));
        for (String route : List.of("accounts-to-files", "accounts-to-jms", "accounts-to-sql", "contacts-to-sql")) {
            // A reader is up with its first page, and has a token when the load is over.
            soon().untilAsserted(() -> {
                Map<String, Object> data =
                        get("/q/health/ready").path("checks.find { it.name == 'consumer:" + route + "' }.data");
                assertThat(data)
                        .as(route)
                        .containsEntry("state", "UP")
                        .containsKeys("round", "token.age.seconds", "token.kept.days");
            });
        }
        assertThat(get("/q/health/live").asString()).doesNotContain("consumer:");
    }

    @Test
    void aRouteWhoseSinkIsDownIsNamedUntilTheSinkIsBack() throws Exception {
        soon().untilAsserted(() -> assertThat(get("/q/health").statusCode()).isEqualTo(200));
        try (BrokerOutage outage = BrokerOutage.begin()) {
            newAccount("Contoso");
            // A reader that is up is named too.
            soon().untilAsserted(() -> {
                Response health = get("/q/health");
                assertThat(health.asString()).contains("accounts-to-jms");
                assertThat(health.statusCode()).isEqualTo(503);
            });
        }
        soon().untilAsserted(() -> assertThat(get("/q/health").statusCode()).isEqualTo(200));
    }
}
