package io.github.cameldataverse.changes.testkit.webapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Writing over HTTP, as tests in other processes do. */
class RowWritesTest extends SimulatorTest {
    private static final String CONTACT = "465b158c-541c-e511-80d3-3863bb347ba8";

    @Test
    void aPostCreatesARowAndSaysWhere() {
        WebApiClient.Reply reply = send(
                "POST",
                "accounts",
                """
                {"name":"Posted","revenue":100.1000,"creditonhold":false,"fax":null,"new_customersince":"2024-01-31",
                 "primarycontactid@odata.bind":"/contacts(%s)","@odata.type":"ignored"}
                """
                        .formatted(CONTACT));
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
        String id = accounts().ids().get(0);
        assertThat(reply.header("OData-EntityId"))
                .isEqualTo(client().api("accounts(" + id + ")").toString());
        assertThat(accounts().row(id))
                .containsEntry("name", "Posted")
                .containsEntry("revenue", new BigDecimal("100.1000"))
                .containsEntry("_primarycontactid_value", CONTACT);
    }

    @Test
    void aPatchChangesAndADeleteDeletes() {
        String id = accounts().create(Map.of("name", "Before", "fax", "1"));
        assertThat(send("PATCH", "accounts(" + id + ")", "{\"name\":\"After\"}").status())
                .isEqualTo(204);
        assertThat(accounts().row(id)).containsEntry("name", "After").containsEntry("fax", "1");
        assertThat(send("DELETE", "accounts(" + id + ")", "").status()).isEqualTo(204);
        assertThat(accounts().size()).isZero();
        assertThat(send("DELETE", "accounts(" + id + ")", "").status()).isEqualTo(404);
        assertThat(send("DELETE", "accounts(" + id + ")", "").code()).isEqualTo("0x80040217");
    }

    @Test
    void aRowWithAnIdOfItsOwnIsCreatedUnderIt() {
        assertThat(send("POST", "accounts", "{\"accountid\":\"" + CONTACT + "\",\"name\":\"Own\"}")
                        .status())
                .isEqualTo(204);
        assertThat(accounts().contains(CONTACT)).isTrue();
        assertThat(send("POST", "accounts", "{\"accountid\":\"" + CONTACT + "\"}")
                        .message())
                .contains("already has a row");
    }

    @Test
    void whatCannotBeWrittenIsRefused() {
        assertThat(send("POST", "accounts", "[]").status()).isEqualTo(400);
        assertThat(send("POST", "accounts", "{").message()).startsWith("The body is not a JSON object");
        assertThat(send("POST", "accounts", "").status()).isEqualTo(400);
        assertThat(send("POST", "accounts", "{\"nome\":1}").message()).contains("no column 'nome'");
        assertThat(send("PATCH", "accounts", "{}").status()).isEqualTo(405);
        assertThat(send("POST", "foos", "{}").status()).isEqualTo(404);
        assertThat(accounts().size()).isZero();
    }

    private static WebApiClient.Reply send(String method, String resource, String body) {
        URI uri = client().api(resource);
        return WebApiClient.send(HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }
}
