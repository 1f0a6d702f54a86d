package io.github.cameldataverse.changes.example;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HealthTest extends RouteTest {

    @Test
    void everySubscriptionIsInTheHealthReport() {
        soon().untilAsserted(() -> assertThat(get("/q/health").statusCode()).isEqualTo(200));
        assertThat(get("/q/health").asString())
                .contains("accounts-to-files", "accounts-to-jms", "accounts-to-sql", "contacts-to-sql");
    }
}
