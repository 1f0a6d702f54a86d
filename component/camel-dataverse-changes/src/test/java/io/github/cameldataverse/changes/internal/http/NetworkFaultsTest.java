package io.github.cameldataverse.changes.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.harness.http.RawServer;
import io.github.cameldataverse.changes.harness.http.SelfSignedCertificates;
import io.github.cameldataverse.changes.harness.http.WiredDataverseClient;
import io.github.cameldataverse.changes.internal.http.answer.FaultReader;
import io.github.cameldataverse.changes.internal.http.answer.SecretsInUse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class NetworkFaultsTest {

    private static final FaultReader BY_STATUS = answer -> {
        if (!answer.isSuccess()) {
            throw new ServiceFault.Permanent("HTTP " + answer.status(), answer.status());
        }
    };

    @TempDir
    Path folder;

    @Test
    void aCertificateOfATrustedAuthorityIsTrusted() throws Exception {
        Path store = new SelfSignedCertificates(folder).selfSigned("localhost");

        assertThat(failureOf(store, Map.of("sslContextParameters", SelfSignedCertificates.trusting(store))))
                .isNull();
    }

    @Test
    @ProvesFault({"N3", "S5"})
    void anUntrustedCertificateStaysUntilItIsReplaced() throws Exception {
        Path store = new SelfSignedCertificates(folder).selfSigned("localhost");

        assertThat(failureOf(store, Map.of()))
                .isInstanceOf(ServiceFault.Permanent.class)
                .hasMessageMatching(
                        "The certificate of https://localhost:\\d+ is not trusted \\(SSLHandshakeException: .*\\);"
                                + " add its authority to the trust store of sslContextParameters");
    }

    @Test
    @ProvesFault({"N3", "S5"})
    void soDoesOneForAnotherHost() throws Exception {
        Path store = new SelfSignedCertificates(folder).selfSigned("other.example");

        assertThat(failureOf(store, Map.of("sslContextParameters", SelfSignedCertificates.trusting(store))))
                .isInstanceOf(ServiceFault.Permanent.class)
                .hasMessageContaining("is not trusted");
    }

    @Test
    @ProvesFault({"N3", "S5"})
    void soDoesOneThatHasExpired() throws Exception {
        SelfSignedCertificates certificates = new SelfSignedCertificates(folder);
        Path authority = certificates.selfSigned("authority", "-ext", "bc:c");
        Path expired = certificates.expired("localhost", authority);

        assertThat(failureOf(expired, Map.of("sslContextParameters", SelfSignedCertificates.trusting(authority))))
                .isInstanceOf(ServiceFault.Permanent.class)
                .hasMessageContaining("is not trusted");
    }

    @Test
    @ProvesFault("N3")
    void aHandshakeThatIsCutMayPassTheNextTime() throws Exception {
        try (RawServer cut = new RawServer((n, out) -> {})) {
            assertThat(failureOf(URI.create("https://localhost:" + cut.origin().getPort()), Map.of()))
                    .isInstanceOf(ServiceFault.Transient.class)
                    .hasMessageStartingWith("https://localhost:" + cut.origin().getPort() + " could not be reached: ");
        }
    }

    /** As a server answers that knows nothing newer: it chooses TLS 1.1, which this JVM does not speak. */
    @Test
    @ProvesFault("S5")
    void anOldTlsIsNotSpokenAndNothingIsSentOverIt() throws Exception {
        byte[] hello = HexFormat.of()
                .parseHex(
                        "160302002a02000026" // a record of TLS 1.1 with a hello of 38 bytes
                                + "03020102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2000002f00");
        List<Integer> sent = new CopyOnWriteArrayList<>();
        try (ServerSocket old = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> {
                try (Socket client = old.accept()) {
                    client.getOutputStream().write(hello);
                    for (int read; (read = client.getInputStream().read()) >= 0; ) {
                        sent.add(read);
                    }
                } catch (IOException e) {
                    sent.add(-1);
                }
            });
            server.start();
            assertThat(failureOf(URI.create("https://localhost:" + old.getLocalPort()), Map.of()))
                    .isInstanceOf(ServiceFault.class)
                    .hasMessageContaining("TLS");
            server.join();
        }
        // The hello of the client is a record of the type 22; behind it stands an alert, which is 21.
        int length = 256 * sent.get(3) + sent.get(4) + 5;
        assertThat(sent.get(0)).isEqualTo(22);
        assertThat(sent.subList(length, sent.size())).startsWith(21);
        assertThat(sent.size() - length).as("bytes of the alert").isLessThan(10);
    }

    /** What is read, and what is one more: bytes of a line with its end, headers, interim answers. */
    @ParameterizedTest
    @CsvSource({"8192, 2, 0, 8194, 2, 0", "20, 99, 0, 20, 100, 0", "20, 2, 100, 20, 2, 101"})
    @ProvesFault("N12")
    void aHeadIsReadUpToItsLimitsAndNotBeyond(
            int line, int headers, int interim, int longer, int moreHeaders, int moreInterim) throws Exception {
        assertThat(failureOfHead(line, headers, interim)).isNull();
        assertThat(failureOfHead(longer, moreHeaders, moreInterim))
                .isInstanceOf(ServiceFault.Permanent.class)
                .hasMessageContaining("The head of the answer is larger than is read");
    }

    private static Throwable failureOfHead(int line, int headers, int interim) throws Exception {
        String text = "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(interim) + "HTTP/1.1 200 OK\r\n"
                + "Content-Length: 2\r\nX-Long: " + "x".repeat(line - 10) + "\r\n"
                + "X: y\r\n".repeat(headers - 2) + "\r\n{}";
        try (RawServer server = new RawServer((n, out) -> RawServer.write(out, text))) {
            return failureOf(server.origin(), Map.of());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2;x=LONG", "LONG", "0\r\nX: LONG"})
    @ProvesFault("N12")
    void linesBetweenTheChunksThatAreTooLongMayPassTheNextTime(String chunk) throws Exception {
        String text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"
                + chunk.replace("LONG", "0".repeat(8193)) + "\r\n\r\n";
        try (RawServer server = new RawServer((n, out) -> RawServer.write(out, text))) {
            assertThat(failureOf(server.origin(), Map.of()))
                    .isInstanceOf(ServiceFault.Transient.class)
                    .hasMessageContaining(
                            "what stands between or behind the chunks of the body is larger than is read");
        }
    }

    @Test
    void plainTextWhereTlsIsExpectedMayPassTheNextTime() throws Exception {
        try (RawServer plain = new RawServer((n, out) -> RawServer.write(out, "HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            assertThat(failureOf(
                            URI.create("https://localhost:" + plain.origin().getPort()), Map.of()))
                    .isInstanceOf(ServiceFault.Transient.class);
        }
    }

    @Test
    void aConnectionThatIsRefusedMayPassTheNextTime() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(failureOf(URI.create("http://localhost:" + port), Map.of()))
                .isInstanceOf(ServiceFault.Transient.class)
                .hasMessageStartingWith("http://localhost:" + port + " could not be reached: HttpHostConnectException");
    }

    @Test
    void aHostThatIsNotFoundMayBeFoundTheNextTime() throws Exception {
        assertThat(failureOf(URI.create("http://organization.invalid"), Map.of()))
                .isInstanceOf(ServiceFault.Transient.class)
                .hasMessageStartingWith("http://organization.invalid could not be reached: UnknownHostException");
    }

    @Test
    void anExceptionWithoutAWordIsNamedByItsType() {
        assertThat(NetworkFaults.of("https://good.example", new IOException(), new SecretsInUse()))
                .isInstanceOf(ServiceFault.Transient.class)
                .hasMessage("https://good.example could not be reached: IOException: no further word");
    }

    private static Throwable failureOf(Path store, Map<String, Object> options) throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            SSLContextParameters tls = SelfSignedCertificates.serving(store);
            server.setHttpsConfigurator(new HttpsConfigurator(tls.createSSLContext(context)));
            server.createContext("/", exchange -> {
                requests.incrementAndGet();
                LoopbackServer.json(200, "{}").to(exchange);
                exchange.close();
            });
            server.start();
            Throwable failure = failureOf(
                    URI.create("https://localhost:" + server.getAddress().getPort()), options);
            assertThat(requests).hasValue(failure == null ? 1 : 0);
            return failure;
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"",
                "HTTP/1.1 302 Found\r\nLocation: http://portal.example/sign-in"
            })
    @ProvesFault("N11")
    void aProxyThatWantsSomethingElseGetsNoCredentialAndIsToldOf(String answer) throws Exception {
        try (RawServer proxy =
                new RawServer((n, out) -> RawServer.write(out, answer + "\r\nContent-Length: 0\r\n\r\n"))) {
            Map<String, Object> options =
                    Map.of("proxyHost", "localhost", "proxyPort", proxy.origin().getPort());

            assertThat(failureOf(URI.create("https://contoso.example"), options))
                    .isInstanceOfSatisfying(
                            ServiceFault.Permanent.class,
                            fault -> assertThat(fault.getHttpResponseCode()).isIn(302, 407));

            assertThat(proxy.requestLines()).containsExactly("CONNECT contoso.example:443 HTTP/1.1");
            assertThat(proxy.headers())
                    .noneMatch(header -> header.toLowerCase(Locale.ROOT).contains("authorization"));
        }
    }

    private static Throwable failureOf(URI organization, Map<String, Object> options) throws Exception {
        try (WiredDataverseClient line = new WiredDataverseClient(organization, options)) {
            return catchThrowable(
                    () -> line.client().get(organization, organization + "/api/data/v9.2/x", Map.of(), BY_STATUS));
        }
    }
}
