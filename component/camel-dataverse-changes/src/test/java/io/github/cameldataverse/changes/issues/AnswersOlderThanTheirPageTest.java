package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.harness.http.LoopbackServer.Reply;
import io.github.cameldataverse.changes.harness.http.LoopbackServer.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The service said that a record is gone, and then asked to wait; while the reader waited, the record was restored, so that it
 * came in the same page with its row and its old tombstone. Every answer is written here byte by byte.
 */
@Timeout(120)
class AnswersOlderThanTheirPageTest {

    private static final String RESTORED = "6bd5aff1-62f0-ef11-be20-000d3ab1c2d3";
    private static final String UNANSWERED = "7bd5aff1-62f0-ef11-be20-000d3ab1c2d3";
    private static final String GONE = "8bd5aff1-62f0-ef11-be20-000d3ab1c2d3";
    private static final Pattern ASKED = Pattern.compile("GET /api/data/v9\\.2/accounts\\(([^)]*)\\)");

    private final Map<String, Deque<String>> pages = new HashMap<>();
    private final Deque<String> batches = new ArrayDeque<>();
    private LoopbackServer server;

    @BeforeEach
    void open() throws Exception {
        server = new LoopbackServer();
        server.answering(this::answer);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    @ProvesFault("P13")
    void aTombstoneThatIsOlderThanItsRestoredRowIsLeftOutThoughTheRecordWasGoneWhenItWasAskedForBefore()
            throws Exception {
        page("load", "", "\"@odata.deltaLink\":\"LINK?$deltatoken=1\"");
        page(
                "$deltatoken=1",
                row(RESTORED, 5) + "," + row(UNANSWERED, 6) + "," + row(GONE, 7),
                "\"@odata.nextLink\":\"LINK?$skiptoken=2\"");
        page(
                "$skiptoken=2",
                tombstone(RESTORED) + "," + tombstone(UNANSWERED) + "," + tombstone(GONE),
                "\"@odata.deltaLink\":\"LINK?$deltatoken=3\"");
        page(
                "$skiptoken=2",
                row(RESTORED, 9) + "," + tombstone(RESTORED) + "," + tombstone(UNANSWERED) + "," + tombstone(GONE),
                "\"@odata.deltaLink\":\"LINK?$deltatoken=3\"");
        page("$deltatoken=3", "", "\"@odata.deltaLink\":\"LINK?$deltatoken=3\"");
        batches.add(batch(absent(RESTORED), throttled(), absent(GONE)));
        batches.add(batch(present(RESTORED), absent(UNANSWERED)));
        try (ConsumerRoute reader = ConsumerRoute.of(server.origin())
                .with("allowInsecure", true)
                .with("accessToken", "demo")
                .with("select", "name")
                .start()) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> reader.checkpoint() != null
                            && String.valueOf(reader.checkpoint().roundLink()).endsWith("=3"));
            Object round = reader.received().get(0).headers().get(DataverseChangesConstants.ROUND);

            assertThat(reader.keys())
                    .containsExactly(
                            RESTORED + "@5",
                            UNANSWERED + "@6",
                            GONE + "@7",
                            RESTORED + "@9",
                            UNANSWERED + "!" + round,
                            GONE + "!" + round);
            assertThat(asked()).containsExactly(List.of(RESTORED, UNANSWERED, GONE), List.of(RESTORED, UNANSWERED));
        }
    }

    /** The records that each batch asks for. */
    private List<List<String>> asked() {
        return server.requests().stream()
                .filter(request -> request.target().endsWith("/$batch"))
                .map(request -> ASKED.matcher(request.body())
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .toList())
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Request last = server.requests().get(server.requests().size() - 1);
        replyTo(last.target()).to(exchange);
    }

    private Reply replyTo(String target) {
        if (target.contains("EntityDefinitions")) {
            return LoopbackServer.json(
                    200,
                    "{\"value\":[{\"LogicalName\":\"account\",\"EntitySetName\":\"accounts\","
                            + "\"PrimaryIdAttribute\":\"accountid\",\"ChangeTrackingEnabled\":true}]}");
        }
        if (target.endsWith("/$batch")) {
            return LoopbackServer.bytes(
                    200,
                    batches.remove().getBytes(StandardCharsets.UTF_8),
                    "multipart/mixed; boundary=batchresponse_1");
        }
        if (target.contains("/accounts?")) {
            String key =
                    pages.keySet().stream().filter(target::contains).findFirst().orElse("load");
            Deque<String> due = pages.get(key);
            return LoopbackServer.json(200, due.size() > 1 ? due.remove() : due.element());
        }
        return LoopbackServer.json(200, "{\"value\":[]}");
    }

    /** What is served for requests with this text, once; what was added last is served for good. */
    private void page(String request, String values, String link) {
        String text = "{\"@odata.context\":\"" + server.apiRoot() + "$metadata#accounts(name)/$delta\","
                + link.replace("LINK", server.apiRoot() + "accounts") + ",\"value\":[" + values + "]}";
        pages.computeIfAbsent(request, any -> new ArrayDeque<>()).add(text);
    }

    private static String row(String id, int version) {
        return "{\"@odata.etag\":\"W/\\\"" + version + "\\\"\",\"name\":\"Contoso\",\"accountid\":\"" + id + "\"}";
    }

    private String tombstone(String id) {
        return "{\"@odata.context\":\"" + server.apiRoot() + "$metadata#accounts/$deletedEntity\",\"id\":\"" + id
                + "\",\"reason\":\"deleted\"}";
    }

    private static String batch(String... parts) {
        StringBuilder body = new StringBuilder();
        for (String part : parts) {
            body.append("--batchresponse_1\r\nContent-Type: application/http\r\n")
                    .append("Content-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 ")
                    .append(part)
                    .append("\r\n");
        }
        return body.append("--batchresponse_1--\r\n").toString();
    }

    private static String present(String id) {
        return "200 OK\r\nContent-Type: application/json; odata.metadata=minimal\r\nOData-Version: 4.0\r\n\r\n"
                + "{\"@odata.etag\":\"W/\\\"9\\\"\",\"accountid\":\"" + id + "\"}";
    }

    private static String absent(String id) {
        return "404 Not Found\r\nContent-Type: application/json; odata.metadata=minimal\r\nOData-Version: 4.0\r\n\r\n"
                + "{\"error\":{\"code\":\"0x80040217\",\"message\":\"account With Id = " + id + " Does Not Exist\"}}";
    }

    private static String throttled() {
        return "429 Too Many Requests\r\nRetry-After: 1\r\nContent-Type: application/json\r\n\r\n"
                + "{\"error\":{\"code\":\"0x80072322\",\"message\":\"Number of requests exceeded the limit of 6000 over time"
                + " window of 300 seconds.\"}}";
    }
}
