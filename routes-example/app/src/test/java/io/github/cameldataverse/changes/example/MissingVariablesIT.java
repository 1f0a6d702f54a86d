package io.github.cameldataverse.changes.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The package, started without one of its environment variables. */
@Timeout(120)
class MissingVariablesIT {

    private static final Map<String, String> ALL = Map.of(
            "BROKER_URL", "tcp://127.0.0.1:1",
            "DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/changes",
            "DATABASE_USER", "changes");

    @ParameterizedTest
    @ValueSource(strings = {"BROKER_URL", "DATABASE_URL"})
    void theOneThatIsMissingStopsTheStartAndIsNamed(String missing) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                        java,
                        "-jar",
                        Path.of("target", "quarkus-app", "quarkus-run.jar").toString())
                .redirectErrorStream(true);
        builder.environment().putAll(ALL);
        builder.environment().remove(missing);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isNotZero();
        assertThat(said).contains("the environment variable " + missing + " is not set");
    }
}
