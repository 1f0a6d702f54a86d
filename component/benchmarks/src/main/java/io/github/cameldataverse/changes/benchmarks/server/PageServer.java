package io.github.cameldataverse.changes.benchmarks.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.cameldataverse.changes.benchmarks.protocol.Workload;
import io.github.cameldataverse.changes.benchmarks.protocol.Workload.Encoding;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An organization whose pages were rendered before anybody asks for them, so that it takes no part in what is measured. What is
 * no page is answered by a simulator behind it. Listens on a loopback port.
 */
public final class PageServer implements AutoCloseable {

    private static final Pattern SKIP = Pattern.compile(Pattern.quote(RenderedPages.SKIP) + "(\\d+)");
    private static final Pattern ROWS = Pattern.compile(RenderedPages.WEB_PATH + "(bench_row\\d+s)");
    private static final Pattern PAGE_NUMBER = Pattern.compile("PageNumber>(\\d+)<");
    /** In the body of a request only where it asks for what is new. */
    private static final String DATA_VERSION = ">DataVersion<";

    private static final String CHANGES = "RetrieveEntityChanges";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient http = HttpClient.newHttpClient();
    private final DataverseSimulator simulator = DataverseSimulator.start();
    private final Workload workload;
    private final HttpServer server;
    private final RenderedPages pages;

    /** Renders what the workload asks for, and starts to listen. */
    public PageServer(Workload workload) throws IOException, InterruptedException {
        this.workload = workload;
        new WideTable(workload.columns()).writeTo(simulator, workload.tables(), workload.pageSize());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pages = new RenderedPages(workload, simulator.organizationUrl(), origin().toString());
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** {@code http://127.0.0.1:<port>}. */
    public URI origin() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
        simulator.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            URI target = exchange.getRequestURI();
            Matcher rows = ROWS.matcher(target.getPath());
            if (target.getPath().equals(RenderedPages.SOAP_PATH)) {
                answerSoap(exchange, new String(body, StandardCharsets.UTF_8));
            } else if (rows.matches()) {
                answerWebApi(exchange, rows.group(1), target.getRawQuery());
            } else {
                forward(exchange, body);
            }
        }
    }

    private void answerWebApi(HttpExchange exchange, String entitySet, String query) throws IOException {
        String asked = query == null ? "" : query.replace("%24", "$");
        if (asked.contains(RenderedPages.DELTA)) {
            send(exchange, "application/json", pages.nothingNew(entitySet));
        } else {
            Matcher skip = SKIP.matcher(asked);
            sendLate(
                    exchange,
                    "application/json",
                    pages.webApi(entitySet, skip.find() ? Integer.parseInt(skip.group(1)) : 1));
        }
    }

    private void answerSoap(HttpExchange exchange, String request) throws IOException {
        Matcher number = PAGE_NUMBER.matcher(request);
        if (request.contains(CHANGES) && !request.contains(DATA_VERSION) && number.find()) {
            sendLate(exchange, "text/xml; charset=utf-8", pages.organizationService(Integer.parseInt(number.group(1))));
        } else {
            forward(exchange, request.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void sendLate(HttpExchange exchange, String type, byte[] page) throws IOException {
        long until = System.nanoTime() + workload.latency() * 1_000_000L;
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        send(exchange, type, page);
    }

    private void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type + "; odata.metadata=minimal");
        exchange.getResponseHeaders().set("OData-Version", "4.0");
        exchange.getResponseHeaders().set("Preference-Applied", "odata.track-changes");
        if (workload.encoding() == Encoding.GZIP) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void forward(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        simulator.organizationUrl().resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name :
                new String[] {"Authorization", "Content-Type", "Accept", "SOAPAction", "Prefer", "OData-Version"}) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        HttpResponse<byte[]> response = sent(request.build());
        response.headers().firstValue("Content-Type").ifPresent(type -> exchange.getResponseHeaders()
                .set("Content-Type", type));
        byte[] answer = response.body();
        exchange.sendResponseHeaders(response.statusCode(), answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
    }

    private HttpResponse<byte[]> sent(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }
}
