package io.github.cameldataverse.changes.behaviour.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ProvesSentence;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.harness.http.LoopbackServer.Reply;
import io.github.cameldataverse.changes.harness.http.LoopbackServer.Request;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The requests of the two documents and the answers that they print for them, written down here; a slip of them is not
 * copied: the delta link has the columns that were asked for, and the changed row is above the token.
 */
class DocumentedRequestsTest {

    private static final String COLUMNS = "name,accountnumber,telephone1,fax";
    private static final String ACCOUNT = "60c4e274-0d87-e711-80e5-00155db19e6d";
    private static final String DELETED = "2e451703-c686-e711-80e5-00155db19e6d";
    private static final String DELTA_LINK =
            "[Organization URI]/api/data/v9.2/accounts?$select=name,accountnumber,telephone1,fax&$deltatoken=919042%2108%2f22%2f2017%2008%3a10%3a44";
    private static final String FIRST =
            """
            {
              "@odata.context":"[Organization URI]/api/data/v9.2/$metadata#accounts(name,accountnumber,telephone1,fax)",
              "@odata.deltaLink":"%s",
              "value":[
                {
                  "@odata.etag":"W/\\"915244\\"",
                  "name":"Monte Orton",
                  "accountnumber":null,
                  "telephone1":"555000",
                  "fax":"10101",
                  "accountid":"60c4e274-0d87-e711-80e5-00155db19e6d"
                }
              ]
            }"""
                    .formatted(DELTA_LINK);
    private static final String CHANGES =
            """
            {
              "@odata.context":"[Organization URI]/api/data/v9.2/$metadata#accounts(name,accountnumber,telephone1,fax)/$delta",
              "@odata.deltaLink":"[Organization URI]/api/data/v9.2/accounts?$select=name,accountnumber,telephone1,fax&$deltatoken=919058%2108%2f22%2f2017%2008%3a21%3a20",
              "value":[
                {
                  "@odata.etag":"W/\\"919050\\"",
                  "name":"Monte Orton",
                  "accountnumber":null,
                  "telephone1":"555000",
                  "fax":"10101",
                  "accountid":"60c4e274-0d87-e711-80e5-00155db19e6d"
                },
                {
                  "@odata.context":"[Organization URI]/api/data/v9.2/$metadata#accounts/$deletedEntity",
                  "id":"2e451703-c686-e711-80e5-00155db19e6d",
                  "reason":"deleted"
                }
              ]
            }""";

    private LoopbackServer service;

    @BeforeEach
    void start() throws Exception {
        service = new LoopbackServer();
        service.answering(exchange -> reply(
                        exchange.getRequestURI().toString(),
                        exchange.getRequestHeaders().getFirst("Prefer"))
                .to(exchange));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    @ProvesSentence({"current-18", "current-19", "2021-7"})
    void theFirstAnswerSaysThatItTracksAndIsDeliveredWithItsEmptyColumns() throws Exception {
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> !reader.received().isEmpty());
            ConsumerRoute.Received row = reader.received().get(0);
            assertThat(row.text())
                    .contains("\"name\":\"Monte Orton\"")
                    .contains("\"accountnumber\":null")
                    .contains("\"accountid\":\"" + ACCOUNT + "\"");
            assertThat(row.headers())
                    .containsEntry(DataverseChangesConstants.ID, ACCOUNT)
                    .containsEntry(DataverseChangesConstants.ETAG, "W/\"915244\"")
                    .containsEntry(DataverseChangesConstants.VERSION, 915_244L);
            assertThat(pages().get(0)).satisfies(first -> {
                assertThat(first.target()).endsWith("/accounts?$select=" + COLUMNS);
                assertThat(first.header("Prefer")).startsWith("odata.track-changes");
            });
            await().until(() -> reader.received().size() >= 3);
            assertThat(pages().get(1).target()).isEqualTo(local(DELTA_LINK));
        }
    }

    @Test
    @ProvesSentence({"current-20", "2021-8"})
    void theDeltaLinkIsAskedWithoutTheWishToTrack() throws Exception {
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.received().size() >= 3);
            assertThat(reader.types().subList(0, 3)).containsExactly("upsert", "upsert", "delete");
            assertThat(reader.received().get(2).id()).isEqualTo(DELETED);
            assertThat(pages().stream().skip(1)).isNotEmpty().allSatisfy(delta -> {
                assertThat(delta.header("Prefer")).doesNotContain("track-changes");
                assertThat(delta.headers()).doesNotContainKey("Cache-Control");
            });
        }
    }

    /** Only who asks for tracking is told so, and gets a delta link; the link itself needs no header. */
    private Reply reply(String target, String prefer) {
        if (target.contains("/EntityDefinitions")) {
            return LoopbackServer.json(
                    200,
                    "{\"value\":[{\"LogicalName\":\"account\",\"EntitySetName\":\"accounts\","
                            + "\"PrimaryIdAttribute\":\"accountid\",\"ChangeTrackingEnabled\":true}]}");
        }
        if (!target.contains("/accounts?")) {
            return LoopbackServer.json(404, "{\"error\":{\"code\":\"0x80060888\",\"message\":\"Resource not found\"}}");
        }
        if (target.contains("$deltatoken=")) {
            return page(target.equals(local(DELTA_LINK)) ? CHANGES : "{}");
        }
        return String.valueOf(prefer).contains("odata.track-changes")
                ? page(FIRST, "Preference-Applied", "odata.track-changes")
                : page(FIRST.replaceFirst("\"@odata.deltaLink\":.*", ""));
    }

    private Reply page(String body, String... headers) {
        return LoopbackServer.json(200, here(body), headers);
    }

    private String local(String link) {
        return here(link).substring(service.origin().toString().length());
    }

    private String here(String text) {
        return text.replace("[Organization URI]", service.origin().toString());
    }

    private List<Request> pages() {
        return service.requests().stream()
                .filter(request -> request.target().contains("/accounts?"))
                .toList();
    }

    private ConsumerRoute reader() {
        return ConsumerRoute.of(service.origin())
                .with("allowInsecure", true)
                .with("accessToken", "demo")
                .with("select", COLUMNS);
    }
}
