package io.github.cameldataverse.changes.testkit.internal.server;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.ConsoleNotifier;
import com.github.tomakehurst.wiremock.common.FatalStartupException;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import java.time.Duration;
import java.util.Optional;

/** WireMock on loopback ports, with one stub for everything: the answer comes from us. */
public final class SimulatorServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    /** The platform takes URLs of 32 KB. */
    private static final int LONGEST_REQUEST = 48 * 1024;
    /** Longer than any fault lets a client wait. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** More than the platform answers at once. */
    private static final int THREADS = 80;

    private final WireMockServer wireMock;
    private final Optional<ServerCertificate> certificate;

    /**
     * Starts it.
     *
     * @param port to listen on, 0 for a free one
     * @param certificate to listen on a free port with TLS, too
     * @param requests where each question is noted before it is answered
     * @param front gives the answer
     */
    public SimulatorServer(
            int port, Optional<ServerCertificate> certificate, RequestLog requests, RequestDispatcher front) {
        this.certificate = certificate;
        WireMockConfiguration options = options(port).extensions(new Answering(requests, front));
        certificate.ifPresent(tls -> secure(options, tls));
        wireMock = new WireMockServer(options);
        start(port);
        wireMock.stubFor(any(anyUrl()).willReturn(ok()));
    }

    /** The port it listens on without TLS. */
    public int port() {
        return wireMock.port();
    }

    /** The port it listens on with TLS, if it does. */
    public Optional<Integer> securePort() {
        return certificate.map(tls -> wireMock.httpsPort());
    }

    @Override
    public void close() {
        wireMock.stop();
        certificate.ifPresent(ServerCertificate::close);
    }

    private static WireMockConfiguration options(int port) {
        return WireMockConfiguration.options()
                .bindAddress(LOOPBACK)
                .port(port)
                .jettyHeaderRequestSize(LONGEST_REQUEST)
                .jettyIdleTimeout(PATIENCE.toMillis())
                .containerThreads(THREADS)
                .http2PlainDisabled(true)
                .http2TlsDisabled(true)
                .gzipDisabled(true)
                .disableRequestJournal()
                .stubRequestLoggingDisabled(true)
                .notifier(new ConsoleNotifier(false));
    }

    private static void secure(WireMockConfiguration options, ServerCertificate tls) {
        options.dynamicHttpsPort()
                .keystorePath(tls.keyStore().toString())
                .keystoreType("PKCS12")
                .keystorePassword(ServerCertificate.PASSWORD)
                .keyManagerPassword(ServerCertificate.PASSWORD);
    }

    private void start(int port) {
        try {
            wireMock.start();
        } catch (FatalStartupException refused) {
            throw new IllegalStateException(
                    "The simulator cannot listen on port " + port + " of " + LOOPBACK
                            + "; is another one running there? Take another port, or 0 for a free one",
                    refused);
        }
    }

    /** Puts our answer in place of the stub's. */
    private record Answering(RequestLog requests, RequestDispatcher front) implements ResponseTransformerV2 {
        @Override
        public Response transform(Response stub, ServeEvent event) {
            ServiceRequest question = WireMockRequests.question(event.getRequest());
            requests.add(question);
            return WireMockResponses.response(GzipEncoding.applied(question, front.answer(question)));
        }

        @Override
        public String getName() {
            return "dataverse";
        }
    }
}
