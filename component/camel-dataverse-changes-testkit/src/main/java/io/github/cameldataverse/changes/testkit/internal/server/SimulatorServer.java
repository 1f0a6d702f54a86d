package io.github.cameldataverse.changes.testkit.internal.server;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.common.ConsoleNotifier;
import com.github.tomakehurst.wiremock.common.FatalStartupException;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestFilterAction;
import com.github.tomakehurst.wiremock.extension.requestfilter.StubRequestFilterV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.internal.response.GzipEncoding;
import java.time.Duration;
import java.util.Optional;

/**
 * WireMock on loopback ports, with one stub for all requests, whose response is replaced by the simulator's. Stubs of users
 * come before it.
 */
public final class SimulatorServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    /** The platform accepts URLs of 32 KB. */
    private static final int MAX_HEADER_BYTES = 48 * 1024;
    /** Longer than any fault keeps a client waiting. */
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(10);

    /** More than the concurrent requests that the platform accepts. */
    private static final int THREADS = 80;

    /** Behind the stubs of users, unless they say otherwise: theirs have 5. */
    private static final int LAST = Integer.MAX_VALUE;

    private final WireMockServer wireMock;
    private final Optional<ServerCertificate> certificate;
    private final StubMapping own;

    /**
     * Starts it.
     *
     * @param port to listen on, 0 for a free one
     * @param certificate to listen on a free port with TLS, too
     * @param requests where each request is kept before it is answered
     * @param dispatcher makes the response
     */
    public SimulatorServer(
            int port, Optional<ServerCertificate> certificate, RequestLog requests, RequestDispatcher dispatcher) {
        this.certificate = certificate;
        WireMockConfiguration options = options(port).extensions(new Answering(dispatcher), new Noting(requests));
        certificate.ifPresent(tls -> secure(options, tls));
        wireMock = new WireMockServer(options);
        start(port);
        own = wireMock.stubFor(any(anyUrl()).atPriority(LAST).willReturn(ok().withTransformers(Answering.NAME)));
    }

    /** Adds a stub of a user. */
    public StubMapping stub(MappingBuilder mapping) {
        return wireMock.stubFor(mapping);
    }

    /** Removes the stubs of users. The simulator's own stays all the time: a client may be asking meanwhile. */
    public void resetStubs() {
        wireMock.getStubMappings().stream()
                .filter(each -> !each.getId().equals(own.getId()))
                .forEach(wireMock::removeStub);
        wireMock.resetScenarios();
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
                .jettyHeaderRequestSize(MAX_HEADER_BYTES)
                .jettyIdleTimeout(IDLE_TIMEOUT.toMillis())
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

    /** Keeps every request, whichever stub is for it. */
    private record Noting(RequestLog requests) implements StubRequestFilterV2 {
        @Override
        public RequestFilterAction filter(Request request, ServeEvent event) {
            requests.add(WireMockRequests.of(request));
            return RequestFilterAction.continueWith(request);
        }

        @Override
        public String getName() {
            return "requests";
        }
    }

    /** Replaces the response of the simulator's stub. */
    private record Answering(RequestDispatcher dispatcher) implements ResponseTransformerV2 {
        private static final String NAME = "dataverse";

        @Override
        public Response transform(Response stub, ServeEvent event) {
            ServiceRequest request = WireMockRequests.of(event.getRequest());
            return WireMockResponses.of(GzipEncoding.encode(request, dispatcher.answer(request)));
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }

        @Override
        public String getName() {
            return NAME;
        }
    }
}
