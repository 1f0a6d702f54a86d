package io.github.cameldataverse.changes.testkit.faults;

import static io.github.cameldataverse.changes.testkit.harness.WebApiClient.TRACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.SoapCall;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A fault that leaves the response as it was has not struck. */
class UnchangedResponseTest extends SimulatorTest {
    private static final String LOAD = "accounts?$select=name";

    @BeforeEach
    void threeAccounts() {
        SIMULATOR.clock().freeze(SIMULATOR.clock().instant());
        createAccounts(3);
    }

    /** Otherwise each of these tests would fail, as it should elsewhere. */
    @AfterEach
    void forgetWhatHasNotStruck() {
        SIMULATOR.faults().reset();
    }

    private static void assertNothingStruck(Fault fault) {
        assertThat(SIMULATOR.faults().injected()).isZero();
        assertThat(SIMULATOR.faults().unstruck()).singleElement().satisfies(unstruck -> {
            assertThat(unstruck.fault()).isSameAs(fault);
            assertThat(unstruck.reason()).contains("it changed nothing in 1 of the responses, the last of them to ");
            assertThat(unstruck.armedAt()).startsWith(UnchangedResponseTest.class.getName() + ".");
        });
    }

    @ParameterizedTest
    @MethodSource
    void aFaultThatChangesNothingOfAPageOfTheWebApiHasNotStruck(Fault fault) {
        String proper = client().get(LOAD, TRACK).body();
        SIMULATOR.faults().next(fault);
        assertThat(client().get(LOAD, TRACK).body()).isEqualTo(proper);
        assertNothingStruck(fault);
    }

    static Stream<Arguments> aFaultThatChangesNothingOfAPageOfTheWebApiHasNotStruck() {
        return Stream.of(
                Arguments.of(new CutBody(1_000_000)),
                Arguments.of(new EarlyEnd(1_000_000)),
                Arguments.of(MalformedRow.without("acountid")),
                Arguments.of(MalformedRow.with("name", "Account 0")),
                Arguments.of(MalformedRow.with("acountid", "../x")),
                Arguments.of(new RewrittenBody(text -> text.replace("Acount", "Konto"))),
                Arguments.of(new LinkToOtherHost(link -> link.replace("https://", "http://"))),
                Arguments.of(new DuplicatePage()),
                Arguments.of(new WithStatus(200, MalformedRow.without("acountid"))),
                Arguments.of((Fault) (request, proper) -> proper.get()));
    }

    @ParameterizedTest
    @MethodSource
    void aFaultThatFindsNothingToChangeHasNotStruck(String resource, Fault fault) {
        String proper = client().get(resource).body();
        SIMULATOR.faults().where(path -> true).next(fault);
        assertThat(client().get(resource).body()).isEqualTo(proper);
        assertNothingStruck(fault);
    }

    static Stream<Arguments> aFaultThatFindsNothingToChangeHasNotStruck() {
        String untracked = LOAD;
        String refused = "accounts?$select=nome";
        return Stream.of(
                Arguments.of(untracked, new MissingDeltaLink()),
                Arguments.of(untracked, new BothLinks()),
                Arguments.of(untracked, new RelativeLink()),
                Arguments.of(untracked, new LinkToOtherHost("https://evil.example/x")),
                Arguments.of(refused, new NextLinkCycle()),
                Arguments.of(refused, MalformedRow.notAnObject()),
                Arguments.of("EntityDefinitions(LogicalName='account')", new NextLinkCycle()),
                Arguments.of("accounts/$count", new InvalidUtf8()));
    }

    @ParameterizedTest
    @MethodSource
    void aFaultThatChangesNothingOfAnEnvelopeHasNotStruck(Fault fault) {
        SoapCall call = SoapCall.of(SIMULATOR, "contact", "fullname");
        SIMULATOR.faults().next(fault);
        assertThat(call.send().status()).isEqualTo(200);
        assertNothingStruck(fault);
    }

    static Stream<Arguments> aFaultThatChangesNothingOfAnEnvelopeHasNotStruck() {
        return Stream.of(
                Arguments.of(UnknownValueType.parties("to")),
                Arguments.of(MalformedRow.without("contactid")),
                Arguments.of(new LinkToOtherHost("https://evil.example/x")),
                Arguments.of(new RelativeLink()));
    }

    @Test
    void aBodyOfExactlyThatLengthIsNotCutCompressedOrNot() throws Exception {
        createAccounts(50);
        int plain = bytes("identity").length;
        int compressed = bytes("gzip").length;
        SIMULATOR.faults().next(new CutBody(plain)).next(new CutBody(compressed));
        assertThat(bytes("identity")).hasSize(plain);
        SIMULATOR.faults().reset();
        SIMULATOR.faults().next(new CutBody(compressed));
        assertThat(bytes("gzip")).hasSize(compressed);
        assertThat(SIMULATOR.faults().injected()).isZero();
        assertThatThrownBy(() -> bytes("identity")).isInstanceOf(IOException.class);
        assertThat(SIMULATOR.faults().injected()).isEqualTo(1);
    }

    private static byte[] bytes(String encoding) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(client().api(LOAD))
                .header("Accept-Encoding", encoding)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    @Test
    void aFaultThatIsNextStaysArmedUntilItCanChangeSomething() {
        SIMULATOR.faults().next(MalformedRow.without("contactid"));
        assertThat(client().get("contacts?$select=fullname").body()).contains("\"value\":[]");
        SIMULATOR.table("contact").create(Map.of("fullname", "Maria"));
        assertThat(client().get("contacts?$select=fullname").body()).doesNotContain("contactid\"");
        assertThat(SIMULATOR.faults().unstruck()).isEmpty();
    }

    @Test
    void aFaultForTheNthRequestHasMissedItIfThatIsLeftAsItWas() {
        SIMULATOR.faults().onNth(2, new MissingDeltaLink());
        assertThat(WebApiClient.pages(client().api(LOAD), TRACK, "odata.maxpagesize=1"))
                .hasSize(3);
        assertThat(SIMULATOR.faults().unstruck())
                .singleElement()
                .extracting(UnstruckFault::reason)
                .asString()
                .contains("it changed nothing in 1 of the responses");
    }

    @Test
    void aFaultThatIsAlwaysArmedHasStruckIfItHasChangedOneResponse() {
        SIMULATOR.faults().always(new MissingDeltaLink());
        assertThat(WebApiClient.pages(client().api(LOAD), TRACK, "odata.maxpagesize=1"))
                .hasSize(3);
        SIMULATOR.faults().requireAllStruck();
        assertThat(SIMULATOR.faults().injected()).isEqualTo(1);
    }

    @Test
    void aPageOfTheOrganizationServiceInTheMiddleIsNoLastPage() {
        SIMULATOR.faults().onNth(1, new MissingDeltaLink());
        SoapCall.of(SIMULATOR, "account", "name").count(1).send();
        assertThat(SIMULATOR.faults().injected()).isZero();
    }

    @ParameterizedTest
    @MethodSource
    void aFaultOfPagesDoesNotStrikeAnEnvelopeWithARefusal(Fault fault) {
        SoapCall call = SoapCall.of(SIMULATOR, "account", "nome");
        SIMULATOR.faults().next(fault);
        assertThat(call.send().status()).isEqualTo(500);
        assertNothingStruck(fault);
    }

    static Stream<Arguments> aFaultOfPagesDoesNotStrikeAnEnvelopeWithARefusal() {
        return Stream.of(
                Arguments.of(new DeepNesting()),
                Arguments.of(new EntityBomb()),
                Arguments.of(new MissingPagingCookie()),
                Arguments.of(new MissingDeltaLink()));
    }
}
