package io.github.cameldataverse.changes.example;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The same application with H2 in the place of PostgreSQL, and the Organization Service in the place of the Web API. */
public final class OnH2 implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.datasource.db-kind",
                "h2",
                "quarkus.datasource.jdbc.url",
                "jdbc:h2:mem:routes;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                "camel.component.dataverse-changes.api",
                "organizationService");
    }
}
