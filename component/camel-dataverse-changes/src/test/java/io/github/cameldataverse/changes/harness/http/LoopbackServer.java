package io.github.cameldataverse.changes.harness.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A small HTTP server on this machine that notes each request and answers as it is told. */
public final class LoopbackServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Deque<Reply> once = new ArrayDeque<>();
    private volatile Reply always = json(200, "{}");

    /** One request as it came. */
    public record Request(String method, String target, Headers headers, String body) {

        public String header(String name) {
            return headers.getFirst(name);
        }
    }

    /** Writes an answer. */
    @FunctionalInterface
    public interface Reply {
        void to(HttpExchange exchange) throws IOException;
    }

    public LoopbackServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** What is answered from now on. */
    public LoopbackServer answering(Reply reply) {
        always = reply;
        return this;
    }

    /** What is answered to the next request that nothing else was said for. */
    public LoopbackServer then(Reply reply) {
        synchronized (once) {
            once.add(reply);
        }
        return this;
    }

    public List<Request> requests() {
        return requests;
    }

    public URI origin() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    public String apiRoot() {
        return origin() + "/api/data/v9.2/";
    }

    public static Reply json(int status, String body, String... headers) {
        return bytes(status, body.getBytes(StandardCharsets.UTF_8), "application/json", headers);
    }

    public static Reply bytes(int status, byte[] body, String type, String... headers) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            for (int name = 0; name < headers.length; name += 2) {
                exchange.getResponseHeaders().set(headers[name], headers[name + 1]);
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        requests.add(new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders(),
                new String(body, StandardCharsets.UTF_8)));
        try (exchange) {
            next().to(exchange);
        }
    }

    private Reply next() {
        synchronized (once) {
            return once.isEmpty() ? always : once.remove();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
