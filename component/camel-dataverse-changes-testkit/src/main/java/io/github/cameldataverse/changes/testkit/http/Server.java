package io.github.cameldataverse.changes.testkit.http;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.ConsoleNotifier;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.function.Function;

/** WireMock on a loopback port, with one stub for everything: the answer comes from us. */
public final class Server implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final WireMockServer wireMock;

    /**
     * Starts it.
     *
     * @param port to listen on, 0 for a free one
     * @param requests where each question is noted before it is answered
     * @param answers gives the answer
     */
    public Server(int port, Requests requests, Function<Question, Answer> answers) {
        wireMock = new WireMockServer(WireMockConfiguration.options()
                .bindAddress(LOOPBACK)
                .port(port)
                .http2PlainDisabled(true)
                .http2TlsDisabled(true)
                .gzipDisabled(true)
                .disableRequestJournal()
                .stubRequestLoggingDisabled(true)
                .notifier(new ConsoleNotifier(false))
                .extensions(new Answering(requests, answers)));
        wireMock.start();
        wireMock.stubFor(any(anyUrl()).willReturn(ok()));
    }

    /** The port it listens on. */
    public int port() {
        return wireMock.port();
    }

    @Override
    public void close() {
        wireMock.stop();
    }

    /** Puts our answer in place of the stub's. */
    private record Answering(Requests requests, Function<Question, Answer> answers) implements ResponseTransformerV2 {
        @Override
        public Response transform(Response stub, ServeEvent event) {
            Question question = Asked.question(event.getRequest());
            requests.add(question);
            return Sent.response(Compression.applied(question, answers.apply(question)));
        }

        @Override
        public String getName() {
            return "dataverse";
        }
    }
}
