package io.github.cameldataverse.changes.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.faults.StalledBody;
import io.quarkus.test.common.DevServicesContext;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * The package in a process that is told to end, as a container platform tells it: by SIGTERM. It has an organization and
 * a directory of its own, and shares broker and database with the application that the test framework has started.
 */
@QuarkusIntegrationTest
@QuarkusTestResource(Organization.class)
class SigtermIT {

    private static final List<String> ROUTES = List.of("accounts-to-files", "accounts-to-jms", "accounts-to-sql");
    /** Camel waits for exchanges under way for 45 seconds. */
    private static final int LONGEST_END = 60;

    private static final int MANY = 400;

    DevServicesContext neighbours;

    @TempDir
    Path data;

    private final List<String> keys = new ArrayList<>();
    private DataverseSimulator organization;
    private Process application;
    private String test;

    @BeforeEach
    void begin(TestInfo info) throws IOException {
        test = info.getTestMethod().orElseThrow().getName();
        Files.deleteIfExists(log());
        organization = DataverseSimulator.start();
        start();
        write(1);
        soon().until(this::allIsThere);
    }

    @AfterEach
    void end() throws InterruptedException {
        application.destroyForcibly().waitFor();
        organization.close();
    }

    @Test
    @Fault("L4")
    void endedInTheMiddleOfAPageItGoesOnThereAndRepeatsNothing() throws Exception {
        write(MANY);
        soon().until(() -> arrived("accounts-to-files") > 1 && arrived("accounts-to-sql") > 1);
        terminate();
        assertThat(ROUTES).as("stopped in the middle").anyMatch(route -> arrived(route) < keys.size());
        goesOn();
    }

    @Test
    @Fault("L4")
    void endedWhileARequestIsUnderWayItDoesNotWaitForIt() throws Exception {
        int before = organization.requests().size();
        organization.faults().where(path -> path.contains("/accounts")).always(new StalledBody(Duration.ofMinutes(5)));
        soon().until(() -> organization.requests().size() > before);
        terminate();
        organization.faults().requireAllStruck();
        organization.faults().clear();
        write(3);
        goesOn();
    }

    @Test
    @Fault("L4")
    void endedBetweenTwoPollsItGoesOnFromItsToken() throws Exception {
        terminate();
        write(3);
        goesOn();
    }

    private void goesOn() throws IOException {
        start();
        soon().until(this::allIsThere);
        for (String route : ROUTES) {
            assertThat(arrivedKeys(route)).as(route).containsExactlyInAnyOrderElementsOf(keys);
        }
    }

    private void write(int rows) {
        for (int i = 0; i < rows; i++) {
            String id = organization.table("account").create(Map.of("name", "Account " + keys.size()));
            keys.add(id + "@" + organization.table("account").version(id));
        }
    }

    private void start() throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        settings().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of(
                "-jar", Path.of("target", "quarkus-app", "quarkus-run.jar").toString()));
        application = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(neighbours.devServicesProperties());
        settings.putAll(Organization.settings(organization, data));
        settings.put("example.delay", "100");
        settings.put("quarkus.http.port", "0");
        settings.put("quarkus.log.category.\"arrived\".level", "DEBUG");
        settings.put("quarkus.log.console.format", "%c %m%n");
        return settings;
    }

    private void terminate() throws Exception {
        application.destroy();
        assertThat(application.waitFor(LONGEST_END, TimeUnit.SECONDS))
                .as("ended")
                .isTrue();
    }

    private boolean allIsThere() {
        return ROUTES.stream().allMatch(route -> arrived(route) >= keys.size());
    }

    private int arrived(String route) {
        return arrivedKeys(route).size();
    }

    /** What the application says of each change that has come to the end of a route. */
    private List<String> arrivedKeys(String route) {
        String line = "arrived " + route + " ";
        try (Stream<String> lines = Files.lines(log())) {
            return lines.filter(said -> said.startsWith(line))
                    .map(said -> said.substring(line.length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(90))
                .failFast("the application has ended by itself; see " + log(), () -> !application.isAlive());
    }

    /** Of this test; outside the directory that ends with it, to be read after a failure. */
    private Path log() {
        return Path.of("target", "sigterm-" + test + ".log");
    }
}
