package io.github.cameldataverse.changes.testkit.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program, in a process of its own. */
class MainTest {
    @TempDir
    Path directory;

    @Test
    void aBadOptionIsOneSentenceAndExitCodeTwo() throws Exception {
        Process process = program("--port", "here");
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(output).isEqualTo("The port is a number from 0 to 65535, not 'here'" + System.lineSeparator());
    }

    @Test
    void whatWasAnsweredSurvivesAKill() throws Exception {
        Process first = program("--port", "0", "--rate", "50", "--journal", directory.toString());
        URI organization = organization(first);
        String where = create(organization, "Confirmed");
        first.destroyForcibly().waitFor();
        Process second = program("--port", "0", "--rate", "0", "--journal", directory.toString());
        try {
            URI again = organization(second);
            URI row = URI.create(again + URI.create(where).getRawPath());
            assertThat(WebApiClient.get(row).json().get("name").asText()).isEqualTo("Confirmed");
        } finally {
            second.destroyForcibly().waitFor();
        }
    }

    private static String create(URI organization, String name) {
        WebApiClient.Reply reply =
                WebApiClient.send(HttpRequest.newBuilder(URI.create(organization + "/api/data/v9.2/accounts"))
                        .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
                        .build());
        assertThat(reply.status()).isEqualTo(204);
        return reply.header("OData-EntityId");
    }

    private static Process program(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.cameldataverse.changes.testkit.demo.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Reads what the program greets with, up to its last line. */
    private static URI organization(Process process) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        List<String> greeting = new ArrayList<>();
        for (String line = out.readLine(); line != null && !line.startsWith("Stop with"); line = out.readLine()) {
            greeting.add(line);
        }
        assertThat(greeting)
                .anyMatch(line -> line.contains("dataverse-changes:account?organizationUrl=http://127.0.0.1:")
                        && line.endsWith("&accessToken=demo&allowInsecure=true"));
        return greeting.stream()
                .filter(line -> line.startsWith("Organization:"))
                .map(line -> URI.create(line.substring("Organization:".length()).trim()))
                .findFirst()
                .orElseThrow();
    }
}
