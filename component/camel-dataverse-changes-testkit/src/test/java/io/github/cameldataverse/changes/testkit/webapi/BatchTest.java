package io.github.cameldataverse.changes.testkit.webapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.testkit.faults.Throttled;
import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A {@code $batch} of GETs, as "Execute batch operations using the Web API" describes it. */
class BatchTest extends SimulatorTest {
    private static final String CONTINUE = "odata.continue-on-error";
    private static final String TYPE = "multipart/mixed; boundary=\"batch_1\"";

    private final String gone = UUID.randomUUID().toString();
    private String first;
    private String last;

    @BeforeEach
    void fill() {
        first = accounts().create(Map.of("name", "First"));
        last = accounts().create(Map.of("name", "Last"));
    }

    @Test
    void eachRequestHasAPartInTheirOrder() {
        WebApiClient.Reply reply = batch(CONTINUE, record(first), record(gone), record(last));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Preference-Applied")).isEqualTo(CONTINUE);
        List<String> parts = parts(reply);
        assertThat(parts)
                .hasSize(3)
                .allMatch(part -> part.startsWith(
                        "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 "));
        assertThat(parts.get(0)).contains("HTTP/1.1 200 OK\r\n").contains("\"accountid\":\"" + first + "\"");
        assertThat(parts.get(1))
                .contains("HTTP/1.1 404 Not Found\r\n")
                .contains("\"code\":\"0x80040217\"")
                .contains(gone);
        assertThat(parts.get(2)).contains("HTTP/1.1 200 OK\r\n").contains("\"accountid\":\"" + last + "\"");
    }

    @Test
    void withoutThePreferenceItEndsWithThePartThatFailedAndHasItsStatus() {
        WebApiClient.Reply reply = batch("", record(first), record(gone), record(last));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(parts(reply)).hasSize(2);
        assertThat(parts(reply).get(1)).contains("HTTP/1.1 404 ");
        assertThat(batch("", record(first), record(last)).status()).isEqualTo(200);
    }

    @Test
    void aTargetIsAPathOfTheHostAWholeAddressOrRelativeToTheService() {
        String row = "accounts(" + first + ")?$select=name";
        WebApiClient.Reply reply =
                batch("", "/api/data/v9.2/" + row, client().api(row).toString(), row);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(parts(reply)).hasSize(3).allMatch(part -> part.contains("\"name\":\"First\""));
    }

    @Test
    void thousandRequestsAreAnsweredAndOneMoreIsRefused() {
        String[] thousand = Collections.nCopies(1000, record(gone)).toArray(String[]::new);
        assertThat(parts(batch(CONTINUE, thousand))).hasSize(1000);

        String[] more = Arrays.copyOf(thousand, 1001);
        more[1000] = record(first);
        WebApiClient.Reply refused = batch(CONTINUE, more);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.message()).contains("too many parts").contains("'1000'");
    }

    @Test
    void itCountsAsOneRequest() {
        SIMULATOR.switches().requestLimit(2, Duration.ofMinutes(5));
        assertThat(batch(CONTINUE, record(first), record(last), record(gone)).status())
                .isEqualTo(200);
        assertThat(batch(CONTINUE, record(first), record(last), record(gone)).status())
                .isEqualTo(200);
        assertThat(batch(CONTINUE, record(first)).status()).isEqualTo(429);
    }

    @Test
    void aFaultWithAConditionStrikesThePartThatSatisfiesIt() {
        SIMULATOR
                .faults()
                .whereRequest(request ->
                        "GET".equals(request.method()) && request.path().contains(first))
                .next(new Throttled(7));

        List<String> parts = parts(batch(CONTINUE, record(first), record(last)));
        assertThat(parts.get(0)).contains("HTTP/1.1 429 Too Many Requests\r\n").contains("Retry-After: 7\r\n");
        assertThat(parts.get(1)).contains("HTTP/1.1 200 OK");
        assertThat(parts(batch(CONTINUE, record(first))).get(0)).contains("HTTP/1.1 200 OK");
    }

    @Test
    void aFaultWithoutAConditionStrikesTheWholeOfIt() {
        SIMULATOR.faults().next(new Throttled(7));
        assertThat(batch(CONTINUE, record(first)).status()).isEqualTo(429);
        assertThat(batch(CONTINUE, record(first)).status()).isEqualTo(200);
    }

    @Test
    void whatIsNoBatchOfGetsIsRefused() {
        assertThat(post("application/json", "{}").status()).isEqualTo(400);
        assertThat(post(TYPE, body(record(first)).replace("binary", "base64")).status())
                .isEqualTo(400);
        assertThat(post(TYPE, body(record(first)).replace("GET ", "DELETE ")).status())
                .isEqualTo(501);
        assertThat(batch(CONTINUE, "/api/data/v9.2/$batch").status()).isEqualTo(501);
        assertThat(client().get("$batch").status()).isEqualTo(404);
        assertThat(accounts().ids()).contains(first);
    }

    private String record(String id) {
        return "/api/data/v9.2/accounts(" + id + ")?$select=accountid";
    }

    private WebApiClient.Reply batch(String prefer, String... targets) {
        return post(TYPE, body(targets), prefer);
    }

    private static String body(String... targets) {
        StringBuilder body = new StringBuilder();
        for (String target : targets) {
            body.append("--batch_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n")
                    .append("GET ")
                    .append(target)
                    .append(" HTTP/1.1\r\nAccept: application/json\r\n\r\n\r\n");
        }
        return body.append("--batch_1--\r\n").toString();
    }

    private WebApiClient.Reply post(String type, String body, String... prefer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(client().api("$batch"))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (String preference : prefer) {
            request.header("Prefer", preference);
        }
        return WebApiClient.send(request.build());
    }

    /** The texts between the boundaries, each to its last line break. */
    private static List<String> parts(WebApiClient.Reply reply) {
        String boundary = "--" + reply.header("Content-Type").replace("multipart/mixed; boundary=", "");
        String body = reply.body();
        assertThat(body).startsWith(boundary + "\r\n").endsWith("\r\n" + boundary + "--\r\n");
        String inner = body.substring(boundary.length() + 2, body.length() - boundary.length() - 6);
        return List.of(inner.split("\r\n" + boundary + "\r\n"));
    }
}
