package io.github.cameldataverse.changes.testkit.soap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.ReceivedRequest;
import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.SoapCall;
import io.github.cameldataverse.changes.testkit.harness.SoapReply;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request to the Organization Service has to be like, and what becomes of one that is not. */
class SoapRequestsTest extends SimulatorTest {
    private static final String DISPATCHER =
            "http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher";

    @Test
    void aRequestIsNotedWithItsBody() {
        call().send();
        ReceivedRequest received = SIMULATOR.requests().get(0);
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.pathAndQuery()).isEqualTo("/XRMServices/2011/Organization.svc/web?SdkClientVersion=9.2");
        assertThat(received.body()).isEqualTo(call().envelope());
    }

    @Test
    void theAccessTokenIsTheSameAsForTheWebApi() {
        try (DataverseSimulator strict =
                DataverseSimulator.builder().accessToken("right").build()) {
            SoapCall call = new SoapCall(
                    strict.organizationUrl(), "account", call().columns(), 1, 1, Optional.empty(), Optional.empty());
            SoapReply refused = call.send();
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer authorization_uri=");
            assertThat(WebApiClient.send(call.request(call.envelope())
                                    .header("Authorization", "Bearer right")
                                    .build())
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void theActionMayBeQuotedAndMustBeExecute() {
        createAccounts(1);
        assertThat(status("\"" + SoapCall.ACTION + "\"")).isEqualTo(200);
        assertThat(status("")).isEqualTo(500);
        SoapReply other = new SoapReply(WebApiClient.send(call().request(call().envelope())
                .setHeader("SOAPAction", SoapCall.ACTION.replace("Execute", "Retrieve"))
                .build()));
        assertThat(faultCode(other)).isEqualTo("ActionNotSupported");
    }

    @Test
    void whatIsNoSoap11OverPostIsRefusedWithoutAFault() {
        assertThat(WebApiClient.send(call().request("").GET().build()).status()).isEqualTo(405);
        assertThat(WebApiClient.send(call().request(call().envelope())
                                .setHeader("Content-Type", "application/soap+xml")
                                .build())
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no XML",
                "<a/>",
                "<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>",
                "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body/></s:Envelope>"
            })
    void whatIsNoRequestToExecuteIsNotRead(String body) {
        assertThat(faultCode(call().send(body))).isEqualTo("DeserializationFailed");
    }

    @Test
    void aDocumentTypeIsRefusedHoweverTheRestLooks() {
        assertThat(faultCode(call().send("<!DOCTYPE x>" + call().envelope()))).isEqualTo("DeserializationFailed");
    }

    @Test
    void aMemberOutOfItsOrderIsPassedOverInSilence() {
        createAccounts(3);
        String right = call().count(1).envelope();
        String wrong = right.replace(
                "<a:Count>1</a:Count><a:PageNumber>1</a:PageNumber>",
                "<a:PageNumber>1</a:PageNumber><a:Count>1</a:Count>");
        assertThat(call().send(right).items()).hasSize(1);
        assertThat(call().send(wrong).items()).hasSize(3);
    }

    @Test
    void aValueNeedsItsType() {
        String untyped = call().envelope().replace(" i:type=\"c:string\"", "");
        assertThat(faultCode(call().send(untyped))).isEqualTo("DeserializationFailed");
        String mistyped = call().envelope().replace("\"a:PagingInfo\"", "\"b:PagingInfo\"");
        assertThat(faultCode(call().send(mistyped))).isEqualTo("DeserializationFailed");
    }

    @Test
    void prefixesOfTheRequestDoNotMatter() {
        createAccounts(1);
        String other = call().envelope()
                .replace("<a:", "<x:")
                .replace("</a:", "</x:")
                .replace("xmlns:a=", "xmlns:x=")
                .replace("\"a:", "\"x:");
        assertThat(call().send(other).items()).hasSize(1);
    }

    @Test
    void theRequestMayGoWithoutItsConcreteType() {
        createAccounts(1);
        assertThat(call().send(call().envelope().replace(" i:type=\"a:RetrieveEntityChangesRequest\"", ""))
                        .items())
                .hasSize(1);
    }

    @Test
    void anEmptyOrAbsentDataVersionMeansALoad() {
        createAccounts(1);
        assertThat(call().since("").send().items()).hasSize(1);
        String absent =
                call().since("x").envelope().replace("<b:value i:type=\"c:string\">x<", "<b:value i:nil=\"true\"><");
        assertThat(call().send(absent).items()).hasSize(1);
    }

    @Test
    void anotherMessageIsRefused() {
        SoapReply reply = call().send(call().envelope().replace("RetrieveEntityChanges<", "RetrieveVersion<"));
        assertThat(reply.errorCode()).isEqualTo(-2147220989);
        assertThat(reply.message()).contains("RetrieveVersion");
    }

    @Test
    void unknownTablesAndColumnsAreRefused() {
        assertThat(SoapCall.of(SIMULATOR, "accounts").send().errorCode()).isEqualTo(-2147015533);
        SoapReply column = SoapCall.of(SIMULATOR, "account", "name", "_primarycontactid_value")
                .send();
        assertThat(column.errorCode()).isEqualTo(-2147217149);
        assertThat(column.message()).contains("'_primarycontactid_value'");
    }

    @Test
    void aRequestWithoutItsTableOrColumnsIsRefused() {
        SoapReply reply = call().send(call().envelope().replace(">Columns<", ">Colums<"));
        assertThat(reply.errorCode()).isEqualTo(-2147220989);
        assertThat(reply.message()).contains("Columns");
    }

    @Test
    void aPageFurtherOnNeedsItsCookie() {
        createAccounts(3);
        String envelope = call().count(1).envelope().replace("<a:PageNumber>1<", "<a:PageNumber>2<");
        assertThat(call().send(envelope).errorCode()).isEqualTo(-2147204342);
        String cookie = call().count(1).send().pagingCookie().orElseThrow();
        assertThat(call().count(1).page(1, cookie).send().ids())
                .containsExactly(accounts().ids().get(1));
        assertThat(call().page(2, cookie.replace("cookie", "biscuit")).send().errorCode())
                .isEqualTo(-2147217110);
    }

    @Test
    void theCookieOfADeltaNeedsTheDataVersionOfThatDelta() {
        String token = call().send().dataToken().orElseThrow();
        createAccounts(2);
        String cookie = call().count(1).since(token).send().pagingCookie().orElseThrow();
        assertThat(call().page(2, cookie).send().errorCode()).isEqualTo(-2147217110);
        assertThat(call().since(token).page(2, cookie).send().items()).hasSize(1);
    }

    @Test
    void theVersionOfTheDefinitionsComesIfItIsAskedFor() {
        String asked = call().envelope()
                .replace(
                        "</a:Parameters>",
                        SoapCall.parameter("GetGlobalMetadataVersion", "c:boolean", "true") + "</a:Parameters>");
        assertThat(metadataVersion(call().send())).isEmpty();
        assertThat(metadataVersion(call().send(asked))).matches("\\d+");
    }

    private static String metadataVersion(SoapReply reply) {
        return SoapReply.text(reply.the(SoapReply.CHANGES, "GlobalMetadataVersion"));
    }

    private static int status(String action) {
        return WebApiClient.send(call().request(call().envelope())
                        .setHeader("SOAPAction", action)
                        .POST(BodyPublishers.ofString(call().envelope()))
                        .build())
                .status();
    }

    /** Without its prefix, which has to stand for the layer below the service. */
    private static String faultCode(SoapReply reply) {
        String[] parts = SoapReply.text(reply.the("", "faultcode")).split(":");
        assertThat(reply.the("", "faultcode").lookupNamespaceURI(parts[0])).isEqualTo(DISPATCHER);
        return parts[1];
    }

    private static SoapCall call() {
        return SoapCall.of(SIMULATOR, "account", "name");
    }
}
