package io.github.cameldataverse.changes.testkit.documented;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.Fault;
import io.github.cameldataverse.changes.testkit.faults.Forbidden;
import io.github.cameldataverse.changes.testkit.faults.MissingDeltaLink;
import io.github.cameldataverse.changes.testkit.faults.Throttled;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import io.github.cameldataverse.changes.testkit.switches.EmptyDelta;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The example of the documentation, run; and the documentation, held to what there is. */
class SimulatorPageTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("    // docs: begin\n(.*?)    // docs: end\n", Pattern.DOTALL);
    private static final String VERSION = "{\"Version\":\"9.2.25063.127\"}";

    // docs: begin
    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    @Test
    void aTestWithASimulator() {
        SimulatedTable accounts = DATAVERSE.table("account");
        String id = accounts.create(Map.of("name", "Contoso", "revenue", new BigDecimal("1000.0000")));
        accounts.update(id, Map.of("telephone1", "555-0100"));
        accounts.delete(id);
        accounts.restore(id);

        DATAVERSE.clock().advance(Duration.ofDays(8)); // delta tokens are expired now
        DATAVERSE.switches().emptyDelta(EmptyDelta.NO_CONTENT);

        assertThat(accounts.rows().get(id)).containsEntry("name", "Contoso"); // what a sink has to end up with
        assertThat(DATAVERSE.requests()).isEmpty(); // what the route asked: nothing yet
    }

    @Test
    void aTestWithFaults() {
        DATAVERSE.table("account").create(Map.of("name", "Contoso"));
        DATAVERSE.faults().next(new Throttled(5)); // the next request for data gets 429
        DATAVERSE.faults().onNth(3, new MissingDeltaLink()); // the third one has no delta link
        DATAVERSE.faults().where(path -> path.contains("EntityDefinitions")).always(new Forbidden());

        runTheRoute(); // a fault that has not struck by the end of the test fails it

        assertThat(DATAVERSE.faults().injected()).isEqualTo(3);
    }
    // docs: end

    // docs: begin
    @Test
    void aTestWithAStub() {
        DATAVERSE.stub(get(urlPathEqualTo("/api/data/v9.2/RetrieveVersion()")).willReturn(okJson(VERSION)));

        assertThat(ask("RetrieveVersion()")).isEqualTo(VERSION); // the stub
        assertThat(ask("accounts")).contains("@odata.context"); // the simulator, as before
    }
    // docs: end

    private static String ask(String what) {
        return new WebApiClient(DATAVERSE.organizationUrl()).get(what).body();
    }

    private static void runTheRoute() {
        WebApiClient client = new WebApiClient(DATAVERSE.organizationUrl());
        assertThat(client.get("EntityDefinitions").status()).isEqualTo(403);
        assertThat(client.get("accounts", WebApiClient.TRACK).status()).isEqualTo(429);
        assertThat(client.get("accounts", WebApiClient.TRACK).body()).contains("@odata.deltaLink");
        assertThat(client.get("accounts", WebApiClient.TRACK).body()).doesNotContain("@odata.deltaLink");
    }

    @Test
    void theExampleOfTheDocumentationIsThisOne() throws IOException {
        String source = Files.readString(module().resolve(
                        "src/test/java/io/github/cameldataverse/changes/testkit/documented/SimulatorPageTest.java"));
        List<String> examples = EXAMPLE.matcher(source)
                .results()
                .map(found -> found.group(1).stripTrailing().stripIndent())
                .toList();
        assertThat(examples).hasSize(2).allSatisfy(example -> assertThat(documentation())
                .contains(example));
    }

    @Test
    void everySwitchAndEveryFaultIsInTheDocumentation() throws IOException, URISyntaxException {
        String documentation = documentation();
        for (Method method : Switches.class.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers()) && !method.getName().matches("get|set|reset")) {
                assertThat(documentation).contains("`" + method.getName() + "`");
            }
        }
        try (Stream<Path> classes = Files.list(
                Path.of(Fault.class.getResource("Fault.class").toURI()).getParent())) {
            classes.map(file -> file.getFileName().toString().replace(".class", ""))
                    .filter(SimulatorPageTest::isFault)
                    .forEach(name -> assertThat(documentation).contains("`" + name + "`"));
        }
    }

    private static boolean isFault(String name) {
        try {
            Class<?> type = Class.forName(Fault.class.getPackageName() + "." + name);
            return Fault.class.isAssignableFrom(type) && type != Fault.class;
        } catch (ClassNotFoundException | NoClassDefFoundError none) {
            return false;
        }
    }

    private static String documentation() throws IOException {
        return Files.readString(module().resolve("../../docs/simulator.md"));
    }

    private static Path module() {
        return Path.of(System.getProperty("basedir", "."));
    }
}
