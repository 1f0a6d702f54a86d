package io.github.cameldataverse.changes.testkit.documented;

import static io.github.cameldataverse.changes.testkit.harness.WebApiClient.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import io.github.cameldataverse.changes.testkit.harness.WireReference;
import io.github.cameldataverse.changes.testkit.switches.DeltaTokenExpiry;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every HTTP example of the documentation of 24 March 2021, from rows made through the simulator's own API. */
class Document2021ExamplesTest extends SimulatorTest {
    private static final String SELECT = "$select=name,accountnumber,telephone1,fax";
    private static final String TOKEN = "$deltatoken=919042%2108%2f22%2f2017%2008%3a10%3a44";
    private static final String MONTE = "60c4e274-0d87-e711-80e5-00155db19e6d";
    private static final String DELETED = "2e451703-c686-e711-80e5-00155db19e6d";

    @BeforeEach
    void makeTheAccountOfTheExample() {
        SIMULATOR.clock().freeze(Instant.parse("2017-08-22T08:10:44Z"));
        SIMULATOR.simulator().versions().next(915244);
        accounts().create(MONTE, Map.of("name", "Monte Orton", "telephone1", "555000", "fax", "10101"));
        SIMULATOR.simulator().versions().advanceTo(919042);
    }

    @Test
    @WireReference("2021-3")
    void metadataWithAnnotationsShowsWhichSetsAreTracked() {
        WebApiClient.Reply reply = WebApiClient.get(v90("$metadata?annotations=true"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).contains("Org.OData.Capabilities.V1.ChangeTracking");
    }

    @Test
    @WireReference({"2021-4", "2021-7"})
    void retrieveChangesInTablesInitialRequest() {
        WebApiClient.Reply reply = initial();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("OData-Version")).isEqualTo("4.0");
        assertSame(
                reply,
                """
                {
                  "@odata.context":"[Organization URI]/api/data/v9.0/$metadata#accounts(name,accountnumber,telephone1,fax)",
                  "@odata.deltaLink":"[Organization URI]/api/data/v9.0/accounts?$select=name,accountnumber,telephone1,fax&$deltatoken=919042%2108%2f22%2f2017%2008%3a10%3a44",
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
                """);
    }

    /**
     * Three slips of the sample are not imitated: its context lacks {@code /api}, its column list and delta link lose
     * {@code accountnumber}, and its changed row has an etag below the token that the changes are asked from.
     */
    @Test
    @WireReference({"2021-6", "2021-8", "2021-9", "2021-10"})
    void retrieveChangesInTablesDeltaRequest() {
        changeAsInTheExample();
        assertSame(
                WebApiClient.get(v90("accounts?" + SELECT + "&" + TOKEN)),
                """
                {
                  "@odata.context":"[Organization URI]/api/data/v9.0/$metadata#accounts(name,accountnumber,telephone1,fax)/$delta",
                  "@odata.deltaLink":"[Organization URI]/api/data/v9.0/accounts?$select=name,accountnumber,telephone1,fax&$deltatoken=919058%2108%2f22%2f2017%2008%3a21%3a20",
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
                      "@odata.context":"[Organization URI]/api/data/v9.0/$metadata#accounts/$deletedEntity",
                      "id":"2e451703-c686-e711-80e5-00155db19e6d",
                      "reason":"deleted"
                    }
                  ]
                }
                """);
    }

    /** The page speaks of an empty JSON response; what is empty is {@code value}, and there is a new delta link. */
    @Test
    @WireReference({"2021-6", "2021-11"})
    void nothingIsReturnedIfNoChangesHaveOccurred() {
        JsonNode json =
                WebApiClient.get(v90("accounts?" + SELECT + "&" + TOKEN)).json();
        assertThat(json.get("value")).isEmpty();
        assertThat(json.get("@odata.deltaLink").asText()).contains("$deltatoken=919042");
    }

    @Test
    @WireReference("2021-12")
    void retrieveCountOfTheChanges() {
        changeAsInTheExample();
        WebApiClient.Reply reply = WebApiClient.get(v90("accounts/$count?" + TOKEN));
        assertThat(reply.header("Content-Type")).startsWith("text/plain");
        assertThat(reply.body()).isEqualTo("\uFEFF2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$filter=name eq 'a'", "$orderby=name", "$expand=primarycontactid", "$top=3"})
    @WireReference("2021-13")
    void queryOptionsThatAreNotSupportedAreRefused(String option) {
        WebApiClient.Reply reply = WebApiClient.get(v90(("accounts?" + option).replace(" ", "%20")), TRACK);
        String name = option.substring(0, option.indexOf('='));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message())
                .isEqualTo("The \"" + name + "\" query parameter isn't supported when Change Tracking is enabled.");
    }

    @Test
    @WireReference({"current-32", "current-33", "2021-16"})
    void withoutATokenAllRecordsAreNewAndDeletedOnesAreNotReturned() {
        String gone = accounts().create(Map.of("name", "Gone"));
        accounts().delete(gone);
        assertThat(initial().json().get("value")).hasSize(1);
    }

    @Test
    @WireReference("2021-17")
    void aTokenOfNinetyDaysStillGivesTheChangesAlone() {
        SIMULATOR.switches().expiry(DeltaTokenExpiry.SILENT_FULL_LOAD).expireChangeTrackingInDays(90);
        SIMULATOR.clock().advance(Duration.ofDays(90));
        String added = accounts().create(Map.of("name", "Late"));
        JsonNode value =
                WebApiClient.get(v90("accounts?" + SELECT + "&" + TOKEN)).json().get("value");
        assertThat(value).hasSize(1);
        assertThat(value.get(0).get("accountid").asText()).isEqualTo(added);
    }

    @Test
    @WireReference("2021-18")
    void aTokenOlderThanTheDefaultGivesAllRecordsAsThisDocumentSays() {
        SIMULATOR.switches().expiry(DeltaTokenExpiry.SILENT_FULL_LOAD).expireChangeTrackingInDays(90);
        SIMULATOR.clock().advance(Duration.ofDays(91));
        JsonNode json =
                WebApiClient.get(v90("accounts?" + SELECT + "&" + TOKEN)).json();
        assertThat(json.get("value").get(0).get("accountid").asText()).isEqualTo(MONTE);
        assertThat(json.get("@odata.deltaLink").asText()).contains("11%2f21%2f2017");
    }

    @Test
    @WireReference("2021-19")
    void aRecordCreatedAndDeletedBetweenTwoQueriesIsADeletedItem() {
        accounts().create(DELETED, Map.of("name", "Short"));
        accounts().delete(DELETED);
        JsonNode value =
                WebApiClient.get(v90("accounts?" + SELECT + "&" + TOKEN)).json().get("value");
        assertThat(value).hasSize(1);
        assertThat(value.get(0).get("id").asText()).isEqualTo(DELETED);
    }

    @Test
    @WireReference({"current-38", "current-39", "current-40", "2021-20"})
    void threeThousandRowsAndTwoThousandDeletionsAreOneCollectionOfFiveThousand() {
        for (int i = 0; i < 2000; i++) {
            accounts().delete(accounts().create(Map.of("name", "Gone " + i)));
        }
        createAccounts(2999);
        accounts().update(MONTE, Map.of("name", "Written last"));
        List<JsonNode> pages = WebApiClient.pages(v90("accounts?$select=name&" + TOKEN));
        assertThat(pages).hasSize(1);
        List<JsonNode> changes = WebApiClient.values(pages);
        assertThat(changes).hasSize(5000);
        assertThat(changes.subList(0, 3000)).allMatch(change -> change.has("@odata.etag"));
        assertThat(changes.subList(0, 3000))
                .extracting(Document2021ExamplesTest::version)
                .isSorted();
        assertThat(changes.get(2999).get("accountid").asText()).isEqualTo(MONTE);
        assertThat(changes.subList(3000, 5000)).allMatch(change -> change.has("reason"));
    }

    private static long version(JsonNode row) {
        return Long.parseLong(row.get("@odata.etag").asText().replaceAll("\\D", ""));
    }

    private static void changeAsInTheExample() {
        SIMULATOR.simulator().versions().next(919050);
        accounts().update(MONTE, Map.of("name", "Monte Orton"));
        accounts().create(DELETED, Map.of("name", "Deleted in the example"));
        accounts().delete(DELETED);
        SIMULATOR.simulator().versions().advanceTo(919058);
        SIMULATOR.clock().freeze(Instant.parse("2017-08-22T08:21:20Z"));
    }

    private static WebApiClient.Reply initial() {
        return WebApiClient.send(HttpRequest.newBuilder(v90("accounts?" + SELECT))
                .header("Prefer", TRACK)
                .header("Cache-Control", "no-cache")
                .header("OData-Version", "4.0")
                .header("Content-Type", "application/json")
                .build());
    }

    private static URI v90(String resource) {
        return URI.create(SIMULATOR.organizationUrl() + "/api/data/v9.0/" + resource);
    }

    /** Member for member, in the same order. */
    private static void assertSame(WebApiClient.Reply reply, String expected) {
        String own = expected.replace(
                "[Organization URI]", SIMULATOR.organizationUrl().toString());
        assertThat(reply.body()).isEqualTo(WebApiClient.json(own).toString());
    }
}
