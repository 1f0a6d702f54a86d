package io.github.cameldataverse.changes.example;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HealthTest extends RouteTest {

    @Test
    void aRouteWhoseSinkIsDownIsNamedUntilTheSinkIsBack() throws Exception {
        soon().untilAsserted(() -> assertThat(get("/q/health").statusCode()).isEqualTo(200));
        try (BrokerOutage outage = BrokerOutage.begin()) {
            newAccount("Contoso");
            soon().untilAsserted(() -> assertThat(get("/q/health").asString()).contains("accounts-to-jms"));
            assertThat(get("/q/health").statusCode()).isEqualTo(503);
        }
        soon().untilAsserted(() -> assertThat(get("/q/health").statusCode()).isEqualTo(200));
    }
}
