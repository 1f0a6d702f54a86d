package io.github.cameldataverse.changes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** Runs what docs/quick-start.md shows. */
class QuickStartTest {

    private static final String COMPONENT = "camel.component.dataverse-changes.";
    private static final String PROPERTIES = "src/main/resources/application.properties";

    @RegisterExtension
    static final DataverseSimulatorExtension SIMULATOR =
            new DataverseSimulatorExtension(DataverseSimulator.builder().tls(true));

    @TempDir
    Path folder;

    @Test
    void theClassLogsEachChange() throws Exception {
        String id = SIMULATOR.table("account").create(Map.of("name", "Adventure Works"));
        try (var project = QuickStartProject.inJava(folder).properties(PROPERTIES)) {
            project.start(atTheSimulator());
            assertThat(project.line()).startsWith("upsert " + id + "@").contains("\"name\":\"Adventure Works\"");
            SIMULATOR.table("account").delete(id);
            assertThat(project.line()).startsWith("delete " + id + "!").contains("\"reason\":\"deleted\"");
        }
    }

    @Test
    void theYamlRouteLogsEachChangeAndContinuesAfterARestart() throws Exception {
        SIMULATOR.table("account").create(Map.of("name", "Adventure Works"));
        try (var project = QuickStartProject.inYaml().properties(PROPERTIES)) {
            project.start(atTheSimulator());
            assertThat(project.line()).startsWith("upsert ").contains("Adventure Works");
        }
        SIMULATOR.table("account").create(Map.of("name", "Fourth Coffee"));
        try (var project = QuickStartProject.inYaml().properties(PROPERTIES)) {
            project.start(atTheSimulator());
            assertThat(project.line()).startsWith("upsert ").contains("Fourth Coffee");
        }
    }

    @Test
    void thePropertiesOfAnOrganizationSignIn() throws Exception {
        DataverseSimulator simulator = SIMULATOR.simulator();
        simulator.table("account").create(Map.of("name", "Adventure Works"));
        try (var project = QuickStartProject.inYaml().properties("organization.properties")) {
            project.start(Map.of(
                    COMPONENT + "organizationUrl",
                    simulator.secureOrganizationUrl().toString(),
                    COMPONENT + "authority",
                    "https://localhost:" + simulator.authority().getPort(),
                    COMPONENT + "tenantId",
                    simulator.authority().getPath().substring(1),
                    COMPONENT + "clientId",
                    "f0e1",
                    COMPONENT + "clientSecret",
                    "any",
                    COMPONENT + "sslContextParameters",
                    "#bean:trusting",
                    "camel.beans.trusting",
                    "#class:" + TrustingTheSimulator.class.getName(),
                    "camel.beans.trusting.file",
                    simulator.trustStore().toString(),
                    "camel.beans.trusting.password",
                    simulator.trustStorePassword()));
            assertThat(project.line()).startsWith("upsert ").contains("Adventure Works");
        }
        assertThat(simulator.tokenRequests()).isEqualTo(1);
    }

    @Test
    void theProjectHasTheVersionsOfThisBuild() throws Exception {
        Document project = xml(QuickStartProject.FOLDER + "pom.xml");
        Document build = xml("pom.xml");
        assertThat(text(project, "camel.version")).isEqualTo(text(build, "camel.version"));
        assertThat(Repository.read(QuickStartProject.FOLDER + "pom.xml"))
                .contains("<artifactId>camel-dataverse-changes-bom</artifactId>\n        <version>"
                        + text(build, "version") + "<");
    }

    private Map<String, String> atTheSimulator() {
        return Map.of(
                COMPONENT + "organizationUrl",
                SIMULATOR.organizationUrl().toString(),
                "camel.beans.tokens.directory",
                folder.resolve("tokens").toString());
    }

    private static Document xml(String file) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Repository.path(file).toFile());
    }

    private static String text(Document document, String element) {
        return document.getElementsByTagName(element).item(0).getTextContent();
    }
}
