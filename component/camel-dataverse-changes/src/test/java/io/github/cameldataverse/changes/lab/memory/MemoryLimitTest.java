package io.github.cameldataverse.changes.lab.memory;

import com.sun.net.httpserver.HttpExchange;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.lab.memory.SmallHeapProcess.Pool;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages that are made to fill the memory fail, and the process with its 96 MB goes on. */
class MemoryLimitTest {

    private static final int MEGABYTES = 96;
    private static final String ID = "00000000-0000-0000-0000-000000000001";
    private static final String LIMITS = "maxPageBytes=16777216&maxRowBytes=1048576";
    private static final String ROW = "{\"accountid\":\"" + ID + "\",\"name\":\"";

    private LoopbackServer server;
    private SmallHeapReader reader;

    /** What is sent in place of a page, and what is said of it. */
    private enum Bomb {
        ENDLESS_ARRAY("{\"value\":[", "{},", "larger than 16777216 bytes"),
        ENDLESS_TEXT("{\"value\":[" + ROW, "x".repeat(1000), "larger than 16777216 bytes"),
        ENDLESS_NESTING("{\"value\":", "[".repeat(1000), "larger than 16777216 bytes"),
        ENDLESS_BLANKS("", " ".repeat(1000), "larger than 16777216 bytes");

        private final String begin;
        private final String more;
        private final String sentence;

        Bomb(String begin, String more, String sentence) {
            this.begin = begin;
            this.more = more;
            this.sentence = sentence;
        }
    }

    @BeforeEach
    void open() throws Exception {
        server = new LoopbackServer();
    }

    @AfterEach
    void close() throws Exception {
        if (reader != null) {
            reader.close();
        }
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Bomb.class)
    @ProvesFault({"D7", "S9"})
    void aBombFailsThePageAndNotTheProcess(Bomb bomb) throws Exception {
        explode(exchange -> pour(exchange, exchange.getResponseBody(), bomb), bomb.sentence);
    }

    @ParameterizedTest
    @EnumSource(Bomb.class)
    @ProvesFault({"D7", "S9"})
    void aBombThatIsPackedFailsThePageAndNotTheProcess(Bomb bomb) throws Exception {
        explode(
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                    pour(exchange, null, bomb);
                },
                bomb.sentence);
    }

    private void explode(LoopbackServer.Reply bomb, String sentence) throws Exception {
        server.answering(exchange -> reply(exchange, bomb));
        reader = new SmallHeapReader(SmallHeapProcess.process(
                MEGABYTES, server.origin().toString(), "accessToken=demo&" + LIMITS, Pool.CAMELS));
        reader.awaitSaid(sentence);
        reader.awaitSaid("beginning round");

        server.answering(exchange -> reply(exchange, LoopbackServer.json(200, goodPage())));
        reader.awaitSaid("got " + ID);
    }

    private static void reply(HttpExchange exchange, LoopbackServer.Reply page) throws IOException {
        if (exchange.getRequestURI().toString().contains("EntityDefinitions")) {
            LoopbackServer.json(
                            200,
                            "{\"value\":[{\"LogicalName\":\"account\",\"EntitySetName\":\"accounts\","
                                    + "\"PrimaryIdAttribute\":\"accountid\",\"ChangeTrackingEnabled\":true}]}")
                    .to(exchange);
        } else {
            page.to(exchange);
        }
    }

    /** Writes until the reader hangs up; packed if no other stream is given. */
    private static void pour(HttpExchange exchange, OutputStream plain, Bomb bomb) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = plain == null ? new GZIPOutputStream(exchange.getResponseBody()) : plain) {
            out.write(bomb.begin.getBytes(StandardCharsets.UTF_8));
            byte[] more = bomb.more.repeat(100).getBytes(StandardCharsets.UTF_8);
            while (true) {
                out.write(more);
            }
        }
    }

    private String goodPage() {
        return "{\"@odata.deltaLink\":\"" + server.apiRoot() + "accounts?$deltatoken=1\",\"value\":[" + ROW + "x\"}]}";
    }
}
