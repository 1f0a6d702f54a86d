package io.github.cameldataverse.changes.behaviour.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.http.RawServer;
import io.github.cameldataverse.changes.internal.ReaderLog;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The examples of the two documents, byte for byte but for the host: both print the same ones. The link of the second answer drops
 * one of the columns that were asked for, and its context is another one.
 */
class DocumentedExamplesTest {

    private static final String FIRST =
            """
            {
              "@odata.context":"[Organization URI]/api/data/v9.0/$metadata#accounts(name,accountnumber,telephone1,fax)",
            "@odata.deltaLink": "[Organization URI]/api/data/v9.0/accounts?$select=name,accountnumber,telephone1,fax&$deltatoken=919042%2108%2f22%2f2017%2008%3a10%3a44",
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
            }
            """;

    private static final String SECOND =
            """
            {
                      "@odata.context":"[Organization URI]/data/v9.0/$metadata#accounts(name,telephone1,fax)/$delta",
                      "@odata.deltaLink":"[Organization URI]/api/data/v9.0/accounts?$select=name,telephone1,fax&$deltatoken=919058%2108%2f22%2f2017%2008%3a21%3a20",
            "value":
                [
                    {
                        "@odata.etag":"W/\\"915244\\"",
                        "name":"Monte Orton",
                        "telephone1":"555000",
                        "fax":"10101",
                        "accountid":"60c4e274-0d87-e711-80e5-00155db19e6d"
                    },
                    {
                        "@odata.context":"[Organization URI]/api/data/v9.0/$metadata#accounts/$deletedEntity",
                        "id":"2e451703-c686-e711-80e5-00155db19e6d",
                        "reason":"deleted"
                    }
                ]
            }
            """;

    private static final String TABLE =
            """
            {"value":[{"LogicalName":"account","EntitySetName":"accounts","PrimaryIdAttribute":"accountid",
            "ChangeTrackingEnabled":true}]}
            """;

    private RawServer server;

    @BeforeEach
    void open() throws Exception {
        server = new RawServer(this::answer);
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    private void answer(int request, OutputStream out) throws Exception {
        String line = server.requestLines().get(request - 1);
        String body = line.contains("EntityDefinitions")
                ? TABLE
                : line.contains("deltatoken=919058") ? "{}" : line.contains("deltatoken=919042") ? SECOND : FIRST;
        String sent = body.replace("[Organization URI]", server.origin().toString());
        RawServer.write(
                out,
                "HTTP/1.1 200 OK\r\nOData-Version: 4.0\r\nContent-Type: application/json\r\nConnection: close\r\n"
                        + "Content-Length: " + sent.length() + "\r\n\r\n" + sent);
    }

    @Test
    @ProvesFault("P16")
    void bothAnswersAreReadAsPrintedAndTheNarrowerLinkIsFollowedAsServed() throws Exception {
        try (CapturedLog log = new CapturedLog(ReaderLog.NAME);
                ConsumerRoute reader = reader().start()) {
            await().until(() -> asked("919058").size() >= 2);
            assertThat(reader.keys())
                    .containsExactly(
                            "60c4e274-0d87-e711-80e5-00155db19e6d@915244",
                            "60c4e274-0d87-e711-80e5-00155db19e6d@915244",
                            "2e451703-c686-e711-80e5-00155db19e6d!" + round(reader));
            assertThat(((JsonNode) reader.received().get(0).body()).get("accountnumber"))
                    .isNotNull();
            assertThat(((JsonNode) reader.received().get(1).body()).has("accountnumber"))
                    .isFalse();
            assertThat(asked("deltatoken").subList(0, 2))
                    .containsExactly(
                            "GET /api/data/v9.0/accounts?$select=name,accountnumber,telephone1,fax&$deltatoken=919042%2108%2f22%2f2017%2008%3a10%3a44 HTTP/1.1",
                            "GET /api/data/v9.0/accounts?$select=name,telephone1,fax&$deltatoken=919058%2108%2f22%2f2017%2008%3a21%3a20 HTTP/1.1");
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN") && line.contains("without the columns [accountnumber]"))
                    .hasSize(1);
            assertThat(reader.health().getDetails())
                    .containsEntry("state", "UP")
                    .containsEntry("columns.dropped", "accountnumber");
        }
    }

    @Test
    @ProvesFault("P16")
    void aReaderThatIsToFailStopsBeforeThePageThatBroughtTheNarrowerLink() throws Exception {
        try (ConsumerRoute reader = reader().with("onNarrowedLink", "fail").start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("[accountnumber]", "onNarrowedLink=fail", "resync");
            await().until(() -> asked("919042").size() >= 2);
            assertThat(reader.received()).hasSize(1);
            assertThat(asked("919058")).isEmpty();
        }
    }

    private ConsumerRoute reader() {
        return ConsumerRoute.of(server.origin())
                .with("allowInsecure", true)
                .with("accessToken", "an-access-token")
                .with("apiVersion", "v9.0")
                .with("bodyType", "node")
                .with("select", "name,accountnumber,telephone1,fax");
    }

    private List<String> asked(String token) {
        return new ArrayList<>(server.requestLines())
                .stream().filter(line -> line.contains(token)).toList();
    }

    private static Object round(ConsumerRoute reader) {
        return reader.received().get(2).headers().get(DataverseChangesConstants.ROUND);
    }
}
