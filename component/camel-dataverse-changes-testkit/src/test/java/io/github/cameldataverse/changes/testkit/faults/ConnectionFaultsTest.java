package io.github.cameldataverse.changes.testkit.faults;

import static io.github.cameldataverse.changes.testkit.harness.WebApiClient.TRACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every fault of the line between client and service, seen as a client sees it. */
class ConnectionFaultsTest extends SimulatorTest {
    private static final String LOAD = "accounts?$select=name";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void fiftyAccounts() {
        createAccounts(50);
    }

    @Test
    void aCutBodyBreaksTheConnectionAtEveryPlaceButBehindTheEnd() {
        int length = client().get(LOAD, TRACK).body().length();
        for (int after = 0; after < length; after += 97) {
            SIMULATOR.faults().next(new CutBody(after));
            assertBroken();
        }
        SIMULATOR.faults().lenient().next(new CutBody(length));
        assertThat(client().get(LOAD, TRACK).body()).hasSize(length);
    }

    @Test
    void aCutBodyIsCutWhenItIsCompressedToo() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(client().api(LOAD))
                .header("Accept-Encoding", "gzip")
                .build();
        byte[] whole =
                HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        SIMULATOR.faults().next(new CutBody(whole.length - 1L));
        assertThatThrownBy(() -> HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aClientThatAcceptsGzipGetsTheSameBodyCompressed() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(client().api(LOAD))
                .header("Accept-Encoding", "gzip")
                .build();
        HttpResponse<InputStream> response = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
        try (InputStream body = new GZIPInputStream(response.body())) {
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(client().get(LOAD).body());
        }
    }

    @Test
    void anEarlyEndLooksWholeToHttp() {
        SIMULATOR.faults().next(new EarlyEnd(100));
        WebApiClient.Reply reply = client().get(LOAD, TRACK);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).hasSize(100);
        assertThat(reply.response().headers().firstValue("Transfer-Encoding")).isEmpty();
    }

    @Test
    void connectionsBreak() {
        for (Fault fault :
                List.of(new ConnectionReset(), new ConnectionClosed(), new InvalidHttpResponse(), new BrokenChunk())) {
            // The JDK's client asks again by itself when a kept connection breaks: so the fault is injected every time.
            SIMULATOR.faults().always(fault);
            assertBroken();
            SIMULATOR.faults().clear();
        }
        assertThat(client().get(LOAD, TRACK).status()).isEqualTo(200);
    }

    @Test
    void aDelayComesBeforeTheHeaders() throws Exception {
        SIMULATOR.faults().next(new Delay(Duration.ofMillis(300)));
        assertThat(millisUntilHeaders()).isGreaterThanOrEqualTo(290);
    }

    @Test
    void aStalledBodyStopsBehindTheHeaders() throws Exception {
        SIMULATOR.faults().next(new StalledBody(Duration.ofSeconds(4)));
        long begin = System.nanoTime();
        HttpResponse<InputStream> response = stream();
        long headers = millisSince(begin);
        String body = text(response);
        assertThat(millisSince(begin) - headers).isGreaterThanOrEqualTo(700);
        assertThat(body).isEqualTo(client().get(LOAD).body());
    }

    @Test
    void aBodySentSlowlyArrivesWhole() throws Exception {
        SIMULATOR.faults().next(new SlowBody(Duration.ofMillis(500), 7));
        long begin = System.nanoTime();
        assertThat(text(stream())).isEqualTo(client().get(LOAD).body());
        assertThat(millisSince(begin)).isGreaterThanOrEqualTo(490);
    }

    @Test
    void aSimulatorClosesAlthoughARequestIsStalled() throws Exception {
        DataverseSimulator own = DataverseSimulator.start();
        own.faults().next(new Delay(Duration.ofMinutes(5)));
        URI uri = URI.create(own.organizationUrl() + "/api/data/v9.2/accounts");
        CompletableFuture<HttpResponse<String>> waiting =
                HTTP.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        await().until(() -> own.faults().injected() == 1);
        long begin = System.nanoTime();
        own.close();
        assertThat(millisSince(begin)).isLessThan(20_000);
        waiting.cancel(true);
    }

    private static void assertBroken() {
        assertThatThrownBy(() -> client().get(LOAD, TRACK)).isInstanceOf(UncheckedIOException.class);
    }

    private static long millisUntilHeaders() throws Exception {
        long begin = System.nanoTime();
        HttpResponse<InputStream> response = stream();
        long millis = millisSince(begin);
        response.body().close();
        return millis;
    }

    private static HttpResponse<InputStream> stream() throws Exception {
        return HTTP.send(HttpRequest.newBuilder(client().api(LOAD)).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static String text(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static long millisSince(long begin) {
        return (System.nanoTime() - begin) / 1_000_000;
    }
}
