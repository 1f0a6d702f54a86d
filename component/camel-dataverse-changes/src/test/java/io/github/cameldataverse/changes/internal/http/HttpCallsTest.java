package io.github.cameldataverse.changes.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.harness.http.RawServer;
import io.github.cameldataverse.changes.harness.http.WiredDataverseClient;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.SecretsInUse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpCallsTest {

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final Duration SHORT = Duration.ofMillis(700);

    @Test
    void anAnswerIsTakenAsItComes() throws Exception {
        try (LoopbackServer server = new LoopbackServer();
                WiredDataverseClient line = new WiredDataverseClient(server.origin())) {
            server.answering(LoopbackServer.json(418, "{\"a\":1}", "Retry-After", "7"));

            Answer answer = line.calls().send(new HttpGet(server.apiRoot() + "accounts?a=%2F"));

            assertThat(answer.status()).isEqualTo(418);
            assertThat(answer.body().text()).isEqualTo("{\"a\":1}");
            assertThat(answer.header("RETRY-after")).contains("7");
            assertThat(answer.header("x-absent")).isEmpty();
            assertThat(answer.from().toString()).isEqualTo(server.apiRoot() + "accounts?a=%2F");
        }
    }

    /** Fails in the moment in which the request is cancelled. */
    private static final class FailingLate extends CloseableHttpClient {

        private final Callable<CloseableHttpResponse> failure;
        private final CountDownLatch begun = new CountDownLatch(1);

        FailingLate(Callable<CloseableHttpResponse> failure) {
            this.failure = failure;
        }

        /** What the client does when it gives a connection back in that moment. */
        static FailingLate givingBack() {
            return new FailingLate(() -> {
                throw new IllegalStateException("Endpoint not acquired / already released");
            });
        }

        @Override
        protected CloseableHttpResponse doExecute(HttpHost host, ClassicHttpRequest request, HttpContext context)
                throws IOException {
            begun.countDown();
            while (!((HttpUriRequestBase) request).isCancelled()) {
                Thread.onSpinWait();
            }
            try {
                return failure.call();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() {}

        @Override
        public void close(CloseMode mode) {}
    }

    @Test
    @ProvesFault("N7")
    void aDeadlineThatComesWhileTheConnectionIsGivenBackIsADeadlineAndAStopIsAStop() throws Exception {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try {
            HttpGet late = new HttpGet("http://127.0.0.1/");
            HttpCalls brief = new HttpCalls(
                    FailingLate.givingBack(),
                    () -> timer,
                    Duration.ofMillis(50),
                    1024,
                    Clock.systemUTC(),
                    new SecretsInUse());
            assertThatThrownBy(() -> brief.send(late))
                    .isInstanceOf(HttpCalls.DeadlineException.class)
                    .hasRootCauseInstanceOf(IllegalStateException.class);

            FailingLate client = FailingLate.givingBack();
            HttpCalls calls = new HttpCalls(
                    client, () -> timer, Duration.ofMinutes(1), 1024, Clock.systemUTC(), new SecretsInUse());
            Future<Boolean> stop = timer.submit(() -> {
                boolean begun = client.begun.await(20, TimeUnit.SECONDS);
                calls.cancelAll();
                return begun;
            });
            assertThatThrownBy(() -> calls.send(new HttpGet("http://127.0.0.1/")))
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessage("the request was cancelled");
            assertThat(stop.get(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            timer.shutdownNow();
        }
    }

    @Test
    @ProvesFault("N7")
    void headersThatAreTooLargeAndComeTooLateAreADeadline() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (FailingLate client = new FailingLate(() -> {
            throw new MessageConstraintException("Maximum line length limit exceeded");
        })) {
            HttpCalls brief = new HttpCalls(
                    client, () -> timer, Duration.ofMillis(50), 1024, Clock.systemUTC(), new SecretsInUse());

            assertThatThrownBy(() -> brief.send(new HttpGet("http://127.0.0.1/")))
                    .isInstanceOf(HttpCalls.DeadlineException.class)
                    .hasCauseInstanceOf(MessageConstraintException.class);
        } finally {
            timer.shutdownNow();
        }
    }

    @Test
    void headersThatAreTooLargeStayThatWay() throws Exception {
        String line = "X-Long: " + "x".repeat(100_000) + "\r\n";
        try (RawServer server = new RawServer((n, out) -> RawServer.write(out, HEAD + line + "\r\n{}"));
                WiredDataverseClient wired = new WiredDataverseClient(server.origin())) {
            assertThatThrownBy(() -> wired.calls().send(new HttpGet(server.origin())))
                    .isInstanceOf(HttpCalls.HeadTooLargeException.class)
                    .satisfies(e -> assertThat(NetworkFaults.of("x", (IOException) e, new SecretsInUse()))
                            .isInstanceOf(ServiceFault.Permanent.class));
        }
    }

    @Test
    void anOverlongLineInsideAChunkedBodyIsNotTakenForHeaders() throws Exception {
        String chunked = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
        List<String> bodies = List.of(
                "2;" + "x".repeat(100_000) + "\r\n{}\r\n0\r\n\r\n",
                "2\r\n{}\r\n0\r\nX-Trailer: " + "x".repeat(100_000) + "\r\n\r\n");
        for (String body : bodies) {
            try (RawServer server = new RawServer((n, out) -> RawServer.write(out, chunked + body));
                    WiredDataverseClient wired = new WiredDataverseClient(server.origin())) {
                assertThatThrownBy(() -> wired.calls().send(new HttpGet(server.origin())))
                        .isInstanceOf(IOException.class)
                        .isNotInstanceOf(HttpCalls.HeadTooLargeException.class)
                        .hasMessageStartingWith(
                                "what stands between or behind the chunks of the body is larger than is read (")
                        .satisfies(e -> assertThat(NetworkFaults.of("x", (IOException) e, new SecretsInUse()))
                                .isInstanceOf(ServiceFault.Transient.class));
            }
        }
    }

    @Test
    void anAnswerWithoutABodyHasAnEmptyOne() throws Exception {
        try (LoopbackServer server = new LoopbackServer();
                WiredDataverseClient line = new WiredDataverseClient(server.origin())) {
            server.answering(exchange -> exchange.sendResponseHeaders(204, -1));

            assertThat(line.calls().send(new HttpGet(server.apiRoot())).body().length())
                    .isZero();
        }
    }

    @Test
    void aLinkGoesOverTheLineToTheLetter() throws Exception {
        String target = "/api/data/v9.2/accounts?$select=name&$skiptoken=%3Ccookie%20pagingcookie=%22%253ca%252f%22%20"
                + "istracking=%22True%22%20/%3E&$deltatoken=919042%2108%2f22%2f2017%2008%3a10%3a44&q=a'b(c)!*,;:@/?";
        try (RawServer server = new RawServer((n, out) -> RawServer.write(out, HEAD + "Content-Length: 2\r\n\r\n{}"));
                WiredDataverseClient line = new WiredDataverseClient(server.origin())) {
            line.client().get(server.origin(), server.origin() + target, java.util.Map.of(), answer -> {});

            assertThat(server.requestLines()).containsExactly("GET " + target + " HTTP/1.1");
        }
    }

    @Test
    @ProvesFault("N7")
    void aBodyThatDribblesPastTheDeadlineIsLeft() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        RawServer.Script dribble = (n, out) -> {
            RawServer.write(out, HEAD + "Content-Length: 1000000\r\n\r\n{");
            while (!over.await(20, TimeUnit.MILLISECONDS)) {
                RawServer.write(out, " ");
            }
        };
        assertDeadline(dribble, over);
    }

    @Test
    @ProvesFault("N7")
    void aLineThatFallsSilentInTheBodyIsLeft() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        assertDeadline(
                (n, out) -> {
                    RawServer.write(out, HEAD + "Content-Length: 1000000\r\n\r\n{");
                    over.await();
                },
                over);
    }

    @Test
    @ProvesFault("N7")
    void aLineThatNeverAnswersIsLeft() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        assertDeadline((n, out) -> over.await(), over);
    }

    private static void assertDeadline(RawServer.Script script, CountDownLatch over) throws Exception {
        try (RawServer server = new RawServer(script);
                WiredDataverseClient line = new WiredDataverseClient(server.origin()).deadline(SHORT)) {
            long before = System.nanoTime();
            assertThatThrownBy(() -> line.calls().send(new HttpGet(server.origin())))
                    .isInstanceOf(HttpCalls.DeadlineException.class)
                    .hasMessage("no whole answer within 700 ms (option requestTimeout)");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(SHORT, Duration.ofSeconds(10));
        } finally {
            over.countDown();
        }
    }

    @Test
    void aCancelEndsTheCallsUnderWay() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        RawServer.Script stall = (n, out) -> {
            RawServer.write(out, HEAD + "Content-Length: 1000000\r\n\r\n{");
            over.await();
        };
        try (RawServer server = new RawServer(stall);
                WiredDataverseClient line = new WiredDataverseClient(server.origin())) {
            HttpCalls calls = line.calls();
            CompletableFuture<Answer> call = CompletableFuture.supplyAsync(() -> {
                try {
                    return calls.send(new HttpGet(server.origin()));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(server.asked().await(5, TimeUnit.SECONDS)).isTrue();

            calls.cancelAll();

            assertThatThrownBy(() -> call.get(5, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseInstanceOf(IOException.class);
        } finally {
            over.countDown();
        }
    }

    @Test
    @ProvesFault("S9")
    void theLimitCountsWhatComesOutOfTheDecompression() throws Exception {
        byte[] bomb = gzip(10 << 20);
        assertThat(bomb.length).isLessThan(20_000);
        try (LoopbackServer server = new LoopbackServer();
                WiredDataverseClient line = new WiredDataverseClient(server.origin()).maxBytes(1 << 20)) {
            server.answering(LoopbackServer.bytes(200, bomb, "application/json", "Content-Encoding", "gzip"));

            assertThatThrownBy(() -> line.calls().send(new HttpGet(server.apiRoot())))
                    .isInstanceOf(BoundedBody.BodyTooLargeException.class);
            assertThat(server.requests().get(0).header("Accept-encoding")).contains("gzip");
        }
    }

    @Test
    void aCompressedBodyWithinTheLimitIsReadWhole() throws Exception {
        try (LoopbackServer server = new LoopbackServer();
                WiredDataverseClient line = new WiredDataverseClient(server.origin()).maxBytes(1 << 20)) {
            server.answering(LoopbackServer.bytes(200, gzip(1 << 20), "application/json", "Content-Encoding", "gzip"));

            assertThat(line.calls().send(new HttpGet(server.apiRoot())).body().length())
                    .isEqualTo(1 << 20);
        }
    }

    @Test
    @ProvesFault("S9")
    void aBodyThatIsTooLargeIsNotReadToItsEnd() throws Exception {
        CountDownLatch gaveUp = new CountDownLatch(1);
        RawServer.Script endless = (n, out) -> {
            RawServer.write(out, HEAD + "Transfer-Encoding: chunked\r\n\r\n");
            writeChunksUntilTheLineBreaks(out);
            gaveUp.countDown();
        };
        try (RawServer server = new RawServer(endless);
                WiredDataverseClient line = new WiredDataverseClient(server.origin()).maxBytes(100_000)) {
            assertThatThrownBy(() -> line.calls().send(new HttpGet(server.origin())))
                    .isInstanceOf(BoundedBody.BodyTooLargeException.class);
            assertThat(gaveUp.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void abandonedCallsLeaveTheNextOneALine() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        AtomicBoolean stalling = new AtomicBoolean(true);
        RawServer.Script stalls = (n, out) -> {
            if (stalling.get()) {
                RawServer.write(out, HEAD + "Content-Length: 1000000\r\n\r\n{");
                over.await();
            }
            RawServer.write(out, HEAD + "Content-Length: 2\r\n\r\n{}");
        };
        try (RawServer server = new RawServer(stalls);
                WiredDataverseClient line = new WiredDataverseClient(server.origin()).deadline(Duration.ofMillis(60))) {
            for (int call = 0; call < 20; call++) {
                assertThatThrownBy(() -> line.calls().send(new HttpGet(server.origin())))
                        .isInstanceOf(HttpCalls.DeadlineException.class);
            }
            stalling.set(false);
            HttpCalls patient = line.calls(Duration.ofSeconds(20));
            assertThat(patient.send(new HttpGet(server.origin())).body().text()).isEqualTo("{}");
        } finally {
            over.countDown();
        }
    }

    private static void writeChunksUntilTheLineBreaks(OutputStream out) {
        try {
            while (true) {
                RawServer.write(out, "3e8\r\n" + "x".repeat(1000) + "\r\n");
            }
        } catch (IOException e) {
            // The reader has gone, as it should.
        }
    }

    private static byte[] gzip(int length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(new byte[length]);
        }
        return bytes.toByteArray();
    }
}
