package io.github.cameldataverse.changes.testkit.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.faults.BothLinks;
import io.github.cameldataverse.changes.testkit.faults.ConnectionReset;
import io.github.cameldataverse.changes.testkit.faults.CutBody;
import io.github.cameldataverse.changes.testkit.faults.DeepNesting;
import io.github.cameldataverse.changes.testkit.faults.EntityBomb;
import io.github.cameldataverse.changes.testkit.faults.ErrorInside200;
import io.github.cameldataverse.changes.testkit.faults.ErrorResponse;
import io.github.cameldataverse.changes.testkit.faults.ExternalEntity;
import io.github.cameldataverse.changes.testkit.faults.Fault;
import io.github.cameldataverse.changes.testkit.faults.FaultWithoutDetail;
import io.github.cameldataverse.changes.testkit.faults.Forbidden;
import io.github.cameldataverse.changes.testkit.faults.HtmlBody;
import io.github.cameldataverse.changes.testkit.faults.InvalidHttpResponse;
import io.github.cameldataverse.changes.testkit.faults.InvalidUtf8;
import io.github.cameldataverse.changes.testkit.faults.MissingDeltaLink;
import io.github.cameldataverse.changes.testkit.faults.MissingPagingCookie;
import io.github.cameldataverse.changes.testkit.faults.NextLinkCycle;
import io.github.cameldataverse.changes.testkit.faults.RefusedNextLink;
import io.github.cameldataverse.changes.testkit.faults.RewrittenBody;
import io.github.cameldataverse.changes.testkit.faults.ServiceUnavailable;
import io.github.cameldataverse.changes.testkit.faults.Throttled;
import io.github.cameldataverse.changes.testkit.faults.TokenExpired;
import io.github.cameldataverse.changes.testkit.faults.Unauthorized;
import io.github.cameldataverse.changes.testkit.faults.UnknownValueType;
import io.github.cameldataverse.changes.testkit.faults.WithStatus;
import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.SoapCall;
import io.github.cameldataverse.changes.testkit.harness.SoapReply;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

class SoapRefusalsTest extends SimulatorTest {
    @BeforeEach
    void someAccounts() {
        createAccounts(3);
    }

    @ParameterizedTest
    @MethodSource
    void refusalsAreFaultsWithTheSameNumberInSignedDecimal(Fault fault, int status, int code) {
        SIMULATOR.faults().next(fault);
        SoapReply reply = call().send();
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.errorCode()).isEqualTo(code);
        assertThat(call().send().status()).isEqualTo(200);
    }

    static Stream<Arguments> refusalsAreFaultsWithTheSameNumberInSignedDecimal() {
        return Stream.of(
                Arguments.of(new TokenExpired(410), 500, -2147204270),
                Arguments.of(new Forbidden(), 500, -2147220960),
                Arguments.of(new Throttled(5), 500, -2147015902),
                Arguments.of(new WithStatus(429, new Throttled(5)), 429, -2147015902),
                Arguments.of(new ErrorResponse(400, "0x80044151", "SQL timeout expired."), 500, -2147204783),
                Arguments.of(new ErrorInside200(), 200, -2147220970));
    }

    @Test
    void throttlingSaysInTheFaultWhenToTryAgain() {
        SIMULATOR
                .faults()
                .next(new Throttled(300))
                .next(Throttled.retryAfter("P1DT2H"))
                .next(Throttled.withoutRetryAfter());
        SoapReply first = call().send();
        Element details = first.the(SoapReply.CONTRACTS, "ErrorDetails");
        Element value = SoapReply.pairs(details).get("Retry-After");
        assertThat(SoapReply.text(value)).isEqualTo("PT5M");
        assertThat(SoapReply.type(value))
                .isEqualTo(new QName("http://schemas.microsoft.com/2003/10/Serialization/", "duration"));
        assertThat(first.header("Retry-After")).isEmpty();
        assertThat(retryAfter(call().send())).isEqualTo("P1DT2H");
        assertThat(SoapReply.children(call().send().the(SoapReply.CONTRACTS, "ErrorDetails")))
                .isEmpty();
    }

    @Test
    void membersOfAFaultStandByTheAlphabetWithThoseOfTheBaseClassFirst() {
        SIMULATOR.faults().next(new TokenExpired());
        assertThat(SoapReply.names(call().send().the(SoapReply.CONTRACTS, "OrganizationServiceFault")))
                .containsExactly(
                        "ActivityId",
                        "ErrorCode",
                        "ErrorDetails",
                        "HelpLink",
                        "Message",
                        "Timestamp",
                        "ExceptionRetriable",
                        "ExceptionSource",
                        "InnerFault",
                        "OriginalException",
                        "TraceText");
    }

    @Test
    void aFaultWithoutDetailHasNoCode() {
        SIMULATOR.faults().next(new FaultWithoutDetail());
        SoapReply reply = call().send();
        assertThat(reply.status()).isEqualTo(500);
        assertThat(SoapReply.text(reply.the("", "faultcode"))).endsWith(":InternalServiceFault");
        assertThat(reply.body()).doesNotContain("detail").doesNotContain("ErrorCode");
    }

    @Test
    void whatIsNoSoapComesAsItIs() {
        SIMULATOR.faults().next(new ServiceUnavailable()).next(new HtmlBody()).next(new Unauthorized());
        assertThat(call().send().status()).isEqualTo(503);
        assertThat(call().send().body()).contains("Please sign in");
        SoapReply challenge = call().send();
        assertThat(challenge.status()).isEqualTo(401);
        assertThat(challenge.header("WWW-Authenticate")).contains("authorization_uri=");
    }

    @Test
    void theConnectionBreaksHereToo() {
        for (Fault fault : List.of(new ConnectionReset(), new InvalidHttpResponse(), new CutBody(200))) {
            SIMULATOR.faults().next(fault);
            assertThatThrownBy(() -> call().send()).isInstanceOf(UncheckedIOException.class);
        }
        assertThat(SIMULATOR.faults().injected()).isEqualTo(3);
    }

    @Test
    void onlyTheLastPageCanLackItsDataToken() {
        SIMULATOR.faults().next(new MissingDeltaLink());
        List<SoapReply> round = call().count(2).round();
        assertThat(round).hasSize(2).allMatch(page -> page.dataToken().isEmpty());
        assertThat(SIMULATOR.faults().injected()).isEqualTo(1);
        assertThat(call().send().dataToken()).isPresent();
    }

    @Test
    void moreRecordsWithoutACookieLeadNowhere() {
        SIMULATOR.faults().next(2, new MissingPagingCookie());
        for (SoapReply page : List.of(call().count(2).send(), call().send())) {
            assertThat(page.moreRecords()).isTrue();
            assertThat(page.pagingCookie()).isEmpty();
            assertThat(page.dataToken()).isEmpty();
        }
    }

    @Test
    void aCookieLeadsBackToThePageThatItWasAskedForWith() {
        SIMULATOR.faults().next(new NextLinkCycle());
        SoapReply first = call().count(2).send();
        assertThat(SIMULATOR.faults().injected()).isZero();
        String cookie = first.pagingCookie().orElseThrow();
        SoapReply last = call().count(2).page(2, cookie).send();
        assertThat(last.moreRecords()).isTrue();
        assertThat(last.pagingCookie()).contains(cookie);
        assertThat(last.dataToken()).isEmpty();
    }

    @Test
    void aPageInTheMiddleHasADataTokenAndTheLastOneACookie() {
        SIMULATOR.faults().next(2, new BothLinks());
        SoapReply first = call().count(2).send();
        assertThat(first.moreRecords()).isTrue();
        assertThat(first.dataToken()).isPresent();
        SoapReply last =
                call().count(2).page(2, first.pagingCookie().orElseThrow()).send();
        assertThat(last.moreRecords()).isFalse();
        assertThat(last.dataToken()).isPresent();
        assertThat(last.pagingCookie()).isPresent();
    }

    @Test
    void aPagingCookieCanBeRefused() {
        SIMULATOR.faults().next(new RefusedNextLink());
        String cookie = call().count(2).send().pagingCookie().orElseThrow();
        assertThat(call().page(2, cookie).send().errorCode()).isEqualTo(-2147217110);
    }

    @Test
    void documentTypesComeWithEntities() {
        try (DataverseSimulator stranger = DataverseSimulator.start()) {
            SIMULATOR.faults().next(new EntityBomb()).next(new ExternalEntity(stranger.organizationUrl()));
            assertThat(call().send().body()).startsWith("<!DOCTYPE").contains("&e9;&e9;", ">&e10;<");
            assertThat(call().send().body()).contains("SYSTEM \"" + stranger.organizationUrl(), ">&elsewhere;<");
        }
    }

    @Test
    void elementsAreNestedDeeply() {
        SIMULATOR.faults().next(new DeepNesting(5000));
        assertThat(call().send().body()).contains("<deep>".repeat(5000) + "</deep>");
    }

    @Test
    void aTextIsNoUtf8InEitherService() {
        SIMULATOR.faults().next(2, new InvalidUtf8());
        String broken = new String(new byte[] {(byte) 0xC3, 0x28}, StandardCharsets.UTF_8);
        assertThat(call().send().body()).contains(">" + broken + "Account 0<");
        assertThat(client().get("accounts?$select=name").body()).contains("\"" + broken + "Account 0\"");
    }

    @Test
    void aRowHasAnAttributeOfATypeThatNoColumnHas() {
        SIMULATOR
                .faults()
                .next(UnknownValueType.managedProperty("iscustomizable", true))
                .next(UnknownValueType.parties("to"));
        assertThat(SoapReply.type(firstAttributes().get("iscustomizable")))
                .isEqualTo(new QName(SoapReply.CONTRACTS, "BooleanManagedProperty"));
        assertThat(SoapReply.names(firstAttributes().get("to"))).startsWith("Entities", "EntityName");
    }

    @Test
    void anyTextCanBeRewritten() {
        SIMULATOR.faults().next(new RewrittenBody(text -> text.replace("Account 1", "Changed on the way")));
        assertThat(call().send().body()).contains("Changed on the way");
    }

    private static Map<String, Element> firstAttributes() {
        return SoapReply.attributes(call().send().items().get(0));
    }

    private static String retryAfter(SoapReply reply) {
        return SoapReply.text(
                SoapReply.pairs(reply.the(SoapReply.CONTRACTS, "ErrorDetails")).get("Retry-After"));
    }

    private static SoapCall call() {
        return SoapCall.of(SIMULATOR, "account", "name");
    }
}
