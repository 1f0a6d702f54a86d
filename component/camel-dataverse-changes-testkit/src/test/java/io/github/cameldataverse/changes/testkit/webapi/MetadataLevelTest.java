package io.github.cameldataverse.changes.testkit.webapi;

import static io.github.cameldataverse.changes.testkit.harness.WebApiClient.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much control information a client asks for with its Accept header (OData JSON Format 4.0, section 3.1). */
class MetadataLevelTest extends SimulatorTest {
    private static final String ID = "60c4e274-0d87-e711-80e5-00155db19e6d";
    private static final String SELECT =
            "?$select=name,fax,revenue,numberofemployees,creditonhold,lastonholdtime,createdon";

    @BeforeEach
    void makeAnAccount() {
        SIMULATOR.clock().freeze(Instant.parse("2026-03-01T10:00:00Z"));
        SIMULATOR.simulator().versions().next(915244);
        accounts()
                .create(
                        ID,
                        Map.of(
                                "name",
                                "Monte",
                                "revenue",
                                new BigDecimal("1.5000"),
                                "numberofemployees",
                                3,
                                "creditonhold",
                                true));
    }

    @Test
    void fullMetadataHasTheTypesThatJsonDoesNotShowAndNoneForAnEmptyValue() {
        WebApiClient.Reply reply = get("accounts" + SELECT, "application/json;odata.metadata=full");
        assertThat(reply.header("Content-Type")).isEqualTo("application/json; odata.metadata=full");
        assertThat(reply.json().get("value").get(0))
                .isEqualTo(WebApiClient.json(
                        """
                        {"@odata.type":"#Microsoft.Dynamics.CRM.account",
                         "@odata.id":"%s/api/data/v9.2/accounts(60c4e274-0d87-e711-80e5-00155db19e6d)",
                         "@odata.etag":"W/\\"915244\\"",
                         "@odata.editLink":"accounts(60c4e274-0d87-e711-80e5-00155db19e6d)",
                         "name":"Monte","fax":null,"revenue@odata.type":"#Decimal","revenue":1.5000,
                         "numberofemployees":3,"creditonhold":true,"lastonholdtime":null,
                         "createdon@odata.type":"#DateTimeOffset","createdon":"2026-03-01T10:00:00Z",
                         "accountid@odata.type":"#Guid","accountid":"60c4e274-0d87-e711-80e5-00155db19e6d"}
                        """
                                .formatted(SIMULATOR.organizationUrl())));
        JsonNode row = get("accounts(" + ID + ")" + SELECT, "application/json; ODATA.METADATA=Full")
                .json();
        assertThat(row.get("@odata.type").asText()).isEqualTo("#Microsoft.Dynamics.CRM.account");
        assertThat(row.get("createdon@odata.type").asText()).isEqualTo("#DateTimeOffset");
    }

    @Test
    void withoutMetadataLinksStayAndTheRestGoes() {
        accounts().create(Map.of("name", "Second"));
        WebApiClient.Reply reply = get(
                "accounts?$select=name&$count=true",
                "application/json;odata.metadata=none",
                TRACK,
                "odata.maxpagesize=1");
        assertThat(reply.header("Content-Type")).isEqualTo("application/json; odata.metadata=none");
        assertThat(reply.json().fieldNames()).toIterable().containsExactly("@odata.count", "value", "@odata.nextLink");
        assertThat(reply.json().get("value").get(0).toString())
                .isEqualTo("{\"name\":\"Monte\",\"accountid\":\"" + ID + "\"}");
        JsonNode last = send(
                        URI.create(reply.json().get("@odata.nextLink").asText()),
                        "application/json;odata.metadata=none")
                .json();
        assertThat(last.fieldNames()).toIterable().containsExactly("@odata.deltaLink", "value");
        accounts().delete(ID);
        JsonNode delta = send(URI.create(last.get("@odata.deltaLink").asText()), "application/json;odata.metadata=none")
                .json();
        assertThat(delta.get("value").get(0).toString()).isEqualTo("{\"id\":\"" + ID + "\",\"reason\":\"deleted\"}");
        assertThat(get("contacts", "application/json;odata.metadata=none").body())
                .isEqualTo("{\"value\":[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "*/*",
                "application/json;odata.metadata=minimal",
                "application/json;odata.metadata=some"
            })
    void anyOtherAcceptMeansMinimalMetadata(String accept) {
        WebApiClient.Reply reply = get("accounts?$select=name", accept);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json; odata.metadata=minimal");
        assertThat(reply.json().get("value").get(0).fieldNames())
                .toIterable()
                .containsExactly("@odata.etag", "name", "accountid");
    }

    @Test
    void theMetadataDocumentSaysThatTheScaleOfADecimalVaries() {
        assertThat(client().get("$metadata").body())
                .contains("<Property Name=\"revenue\" Type=\"Edm.Decimal\" Scale=\"Variable\" />")
                .contains("<Property Name=\"exchangerate\" Type=\"Edm.Decimal\" Scale=\"Variable\" />")
                .contains("<Property Name=\"address1_latitude\" Type=\"Edm.Double\" />");
    }

    private static WebApiClient.Reply get(String resource, String accept, String... preferences) {
        return send(client().api(resource), accept, preferences);
    }

    private static WebApiClient.Reply send(URI uri, String accept, String... preferences) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", accept);
        for (String preference : preferences) {
            request.header("Prefer", preference);
        }
        return WebApiClient.send(request.build());
    }
}
