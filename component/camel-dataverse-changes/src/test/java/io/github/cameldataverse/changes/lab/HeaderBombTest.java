package io.github.cameldataverse.changes.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.harness.http.SelfSignedCertificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Headers that are made to fill the memory fail the request, and the process with its 200 MB goes on. */
class HeaderBombTest {

    private static final int MEGABYTES = 200;
    private static final String SENTENCE = "The headers of the answer are larger than the HTTP client reads";

    private final List<String> said = new CopyOnWriteArrayList<>();
    private Process reader;

    @TempDir
    Path folder;

    @AfterEach
    void close() throws Exception {
        if (reader != null) {
            reader.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @EnumSource(HeaderBomb.Shape.class)
    @ProvesFault({"N12", "S9"})
    void anOrganizationCannotFillTheMemoryWithHeaders(HeaderBomb.Shape shape) throws Exception {
        try (HeaderBomb bomb = new HeaderBomb(ServerSocketFactory.getDefault(), shape)) {
            String organization = "http://localhost:" + bomb.port();
            start(SmallHeapProcess.process(MEGABYTES, organization, "accessToken=demo"));
            awaitRefused(bomb, organization + ": " + SENTENCE);
        }
    }

    @ParameterizedTest
    @EnumSource(HeaderBomb.Shape.class)
    @ProvesFault({"N12", "S9"})
    void norCanTheServiceThatSignsIn(HeaderBomb.Shape shape) throws Exception {
        Path certificate = new SelfSignedCertificates(folder).selfSigned("localhost");
        try (LoopbackServer organization = new LoopbackServer();
                HeaderBomb bomb = new HeaderBomb(serving(certificate), shape)) {
            String options =
                    "tenantId=contoso&clientId=app-1&clientSecret=any&authority=https://localhost:" + bomb.port();
            start(trusting(
                    certificate,
                    SmallHeapProcess.process(MEGABYTES, organization.origin().toString(), options)));
            awaitRefused(
                    bomb,
                    "No access token for the application app-1 from https://localhost:" + bomb.port() + "/contoso/: "
                            + SENTENCE);
            assertThat(organization.requests()).isEmpty();
        }
    }

    private void start(ProcessBuilder command) throws IOException {
        reader = command.start();
        var output = reader.inputReader(StandardCharsets.UTF_8);
        Thread listener = new Thread(() -> output.lines().forEach(said::add), "listener");
        listener.setDaemon(true);
        listener.start();
    }

    /** It says so, goes on, and is refused again. */
    private void awaitRefused(HeaderBomb bomb, String sentence) {
        await().atMost(Duration.ofSeconds(60))
                .failFast(() -> assertThat(reader.isAlive()).as("%s", said).isTrue())
                .untilAsserted(() -> {
                    assertThat(said).anyMatch(line -> line.contains(sentence));
                    assertThat(bomb.hungUp()).isGreaterThan(1);
                });
        assertThat(said).noneMatch(line -> line.contains("OutOfMemoryError"));
    }

    private static ServerSocketFactory serving(Path certificate) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            return SelfSignedCertificates.serving(certificate)
                    .createSSLContext(context)
                    .getServerSocketFactory();
        }
    }

    private static ProcessBuilder trusting(Path certificate, ProcessBuilder command) {
        command.environment()
                .put(
                        "JAVA_TOOL_OPTIONS",
                        "-Djavax.net.ssl.trustStore=" + certificate + " -Djavax.net.ssl.trustStorePassword="
                                + SelfSignedCertificates.PASSWORD);
        return command;
    }
}
