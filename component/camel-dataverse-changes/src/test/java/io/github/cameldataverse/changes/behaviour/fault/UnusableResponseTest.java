package io.github.cameldataverse.changes.behaviour.fault;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.harness.http.RawServer;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.BothLinks;
import io.github.cameldataverse.changes.testkit.faults.ErrorInside200;
import io.github.cameldataverse.changes.testkit.faults.HtmlBody;
import io.github.cameldataverse.changes.testkit.faults.MalformedRow;
import io.github.cameldataverse.changes.testkit.faults.NextLinkCycle;
import io.github.cameldataverse.changes.testkit.faults.Redirect;
import io.github.cameldataverse.changes.testkit.faults.RewrittenBody;
import io.github.cameldataverse.changes.testkit.faults.StalledBody;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@OverBothApis
class UnusableResponseTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");

    @Test
    @ProvesFault({"P17", "S3"})
    void aRedirectIsNotFollowed() throws Exception {
        try (DataverseSimulator foreign = DataverseSimulator.start()) {
            simulator.faults().always(new Redirect(foreign.organizationUrl().toString()));
            try (ConsumerRoute reader = ConsumerRoute.of(simulator, api).start()) {
                await().until(() -> reader.word() == Word.FAULTED);
                assertThat(reader.message())
                        .contains("redirects to " + foreign.organizationUrl().getHost())
                        .contains("Redirects are not followed");
                assertThat(foreign.requests()).isEmpty();
            }
        }
    }

    @Test
    @ProvesFault({"N8", "D4", "P8", "P20"})
    void anAnswerThatIsNoPageDeliversNothingAndHeals() throws Exception {
        accountsIn(accounts, 3);
        simulator
                .faults()
                .whereRequest(RequestKind::forRows)
                .next(new HtmlBody())
                .next(new ErrorInside200())
                .next(withoutId())
                .next(new BothLinks());
        try (ConsumerRoute reader =
                ConsumerRoute.of(simulator, api).with("maxRetries", 0).start()) {
            await().until(() -> simulator.faults().injected() == 4);
            await().until(() -> reader.received().size() == 3);
            assertThat(reader.keys()).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @MethodSource("wrongPages")
    @ProvesFault({"N8", "D4", "P8", "P20"})
    void ofAnAnswerThatIsNoPageItIsSaidWhatIsWrongWithItUntilAProperOneComes(NoPage wrong) throws Exception {
        accountsIn(accounts, 3);
        simulator.faults().whereRequest(RequestKind::forRows).always(wrong == NoPage.NO_ID ? withoutId() : wrong.fault);
        try (ConsumerRoute reader =
                ConsumerRoute.of(simulator, api).with("maxRetries", 0).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains(wrong.sentence);
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 2);
            assertThat(reader.received()).isEmpty();
            assertThat(reader.checkpoint().roundLink()).isNull();
            simulator.faults().clear();
            await().until(() -> reader.received().size() == 3);
            assertThat(reader.keys()).doesNotHaveDuplicates();
        }
    }

    /** Where the Organization Service sends what only one of two pages can have, one of the two is not looked at. */
    static Stream<NoPage> wrongPages() {
        return Stream.of(NoPage.values())
                .filter(wrong -> wrong != NoPage.BOTH_LINKS || OverBothApis.API == ChangeTrackingApi.WEB_API);
    }

    private enum NoPage {
        HTML(
                new HtmlBody(),
                "Something between this process and the service answered the request for the table account"),
        AN_ERROR(new ErrorInside200(), "The service failed (HTTP 200): An unexpected error occurred. (0x80040216)"),
        NO_ID(
                new HtmlBody(),
                OverBothApis.API == ChangeTrackingApi.WEB_API
                        ? "Row 0 has no accountid"
                        : "Change 0: The answer has a row without an id"),
        BOTH_LINKS(new BothLinks(), "both a nextLink and a deltaLink"),
        NOTHING(
                (question, proper) -> ServiceResponse.text(200, "text/html", ""),
                OverBothApis.API == ChangeTrackingApi.WEB_API ? "an empty answer" : "no whole XML document");

        private final io.github.cameldataverse.changes.testkit.faults.Fault fault;
        private final String sentence;

        NoPage(io.github.cameldataverse.changes.testkit.faults.Fault fault, String sentence) {
            this.fault = fault;
            this.sentence = sentence;
        }
    }

    private io.github.cameldataverse.changes.testkit.faults.Fault withoutId() {
        return api == ChangeTrackingApi.WEB_API
                ? MalformedRow.without("accountid")
                : new RewrittenBody(page -> page.replaceAll("<(\\w+:)?Id>[^<]*</(\\w+:)?Id>", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"",
                "302 Found\r\nLocation: http://portal.example/sign-in"
            })
    @ProvesFault("N11")
    void aProxyOrAPortalThatAsksForASignInIsNamedAndAskedAgainSlowlyAndGetsNoCredential(String answer)
            throws Exception {
        try (RawServer proxy = new RawServer(
                        (n, out) -> RawServer.write(out, "HTTP/1.1 " + answer + "\r\nContent-Length: 0\r\n\r\n"));
                ConsumerRoute reader = ConsumerRoute.of(URI.create("https://contoso.example"))
                        .with("api", api.word())
                        .with("accessToken", "canary")
                        .with("http.proxyHost", "localhost")
                        .with("http.proxyPort", proxy.origin().getPort())
                        .start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains(answer.startsWith("407") ? "http.proxyHost" : "portal.example");
            int asked = proxy.requestLines().size();
            long polls = reader.polls();
            await().until(() -> reader.polls() >= polls + 5);
            assertThat(proxy.requestLines().size() - asked).isLessThan(3);
            assertThat(proxy.requestLines()).containsOnly("CONNECT contoso.example:443 HTTP/1.1");
            assertThat(proxy.headers())
                    .noneMatch(header -> header.toLowerCase(Locale.ROOT).contains("authorization"))
                    .noneMatch(header -> header.contains("canary"));
        }
    }

    @Test
    @ProvesFault("P10")
    void aCycleOfNextLinksIsFound() throws Exception {
        accountsIn(accounts, 9);
        simulator.faults().whereRequest(RequestKind::forANextPage).always(new NextLinkCycle());
        try (ConsumerRoute reader =
                ConsumerRoute.of(simulator, api).with("maxPageSize", 3).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("never end");
            int received = reader.received().size();
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 5);
            assertThat(reader.received()).hasSize(received);
        }
    }

    @Test
    @ProvesFault("N7")
    void aBodyThatDoesNotEndIsCutOffAtTheDeadline() throws Exception {
        accountsIn(accounts, 3);
        simulator.faults().whereRequest(RequestKind::forRows).next(new StalledBody(Duration.ofSeconds(30)));
        try (ConsumerRoute reader =
                ConsumerRoute.of(simulator, api).with("requestTimeout", 500).start()) {
            await().atMost(Duration.ofSeconds(10)).until(() -> reader.received().size() == 3);
        }
    }

    @Test
    @ProvesFault("L3")
    void aStopDoesNotWaitForARequestThatHangs() throws Exception {
        accountsIn(accounts, 3);
        simulator.faults().whereRequest(RequestKind::forRows).always(new StalledBody(Duration.ofSeconds(60)));
        ConsumerRoute reader = ConsumerRoute.of(simulator, api).start();
        await().until(() -> simulator.faults().injected() == 1);
        Instant before = Instant.now();
        reader.close();
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aRestartResumesInsideALongLoadFromTheFile(@TempDir Path directory) throws Exception {
        accountsIn(accounts, 20);
        try (ConsumerRoute first = ConsumerRoute.of(simulator, api)
                .with("maxPageSize", 3)
                .with("idempotentRepository", new FileDeltaTokenRepository(directory))) {
            first.doing(exchange -> {
                        if (first.received().size() == 10) {
                            throw new IllegalStateException("enough");
                        }
                    })
                    .start();
            await().until(() -> first.word() == Word.POISONED);
            assertThat(first.received()).hasSize(10);
        }
        simulator.forgetRequests();
        try (ConsumerRoute second = ConsumerRoute.of(simulator, api)
                .with("maxPageSize", 3)
                .with("idempotentRepository", new FileDeltaTokenRepository(directory))
                .start()) {
            await().until(() -> second.received().size() == 10);
            assertThat(simulator.requests().stream()
                            .filter(RequestKind::forRows)
                            .findFirst())
                    .hasValueSatisfying(request ->
                            assertThat(RequestKind.forANextPage(request)).isTrue());
        }
    }
}
