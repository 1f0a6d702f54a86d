package io.github.cameldataverse.changes.behaviour.round;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.ProvesSentence;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.harness.TlsConsumerRoute;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.LinkToOtherHost;
import io.github.cameldataverse.changes.testkit.faults.RelativeLink;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the Organization Service has not: links, and a header that names the user to impersonate. */
class ConsumerOverWebApiTest {

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");

    @Test
    void relativeLinksAreFollowed() throws Exception {
        accountsIn(accounts, 7);
        simulator.faults().whereRequest(RequestKind::forRows).always(new RelativeLink());
        try (ConsumerRoute reader =
                ConsumerRoute.of(simulator).with("maxPageSize", 3).start()) {
            await().until(() -> reader.received().size() == 7);
            accounts.create(Map.of("name", "late"));
            await().until(() -> reader.received().size() == 8);
        }
    }

    @Test
    @ProvesFault({"P18", "S1"})
    void noRequestReachesAForeignHost() throws Exception {
        try (DataverseSimulator foreign = DataverseSimulator.start()) {
            int port = foreign.organizationUrl().getPort();
            int own = simulator.organizationUrl().getPort();
            List<String> links = List.of(
                    "http://127.0.0.1:" + port + "/api/data/v9.2/accounts?$skiptoken=1",
                    "http://localhost:" + port + "/api/data/v9.2/accounts",
                    "http://127.0.0.1:" + own + "@127.0.0.1:" + port + "/api/data/v9.2/accounts",
                    "//127.0.0.1:" + port + "/api/data/v9.2/accounts",
                    "https://127.0.0.1:" + port + "/api/data/v9.2/accounts",
                    "http://127.0.0.1." + "evil.example:" + port + "/api/data/v9.2/accounts",
                    "http://under_score:" + port + "/api/data/v9.2/accounts",
                    "http://127.0.0.1:" + own + "/other/path",
                    "http://127.0.0.1:" + own + "/api/data/../../other",
                    "http://127.0.0.1:" + own + "/api/data/v9.2/accounts#fragment",
                    "http://127.0.0.1:" + own + "/api/data/v9.2/accounts?$deltatoken=a b");
            accountsIn(accounts, 3);
            for (String link : links) {
                simulator.faults().clear();
                simulator.faults().whereRequest(RequestKind::forRows).always(new LinkToOtherHost(link));
                try (ConsumerRoute reader = ConsumerRoute.of(simulator)
                        .with("maxPageSize", 2)
                        .with("subscription", "s" + links.indexOf(link))
                        .start()) {
                    await().until(() -> reader.word() == Word.FAULTED);
                    assertThat(reader.message()).as(link).contains("Nothing was sent to it");
                    assertThat(reader.received()).as(link).isEmpty();
                }
            }
            assertThat(foreign.requests()).isEmpty();
        }
    }

    @Test
    void theUserToImpersonateIsNamedToTheOrganizationAlone() throws Exception {
        String user = "6C6CE6D2-5C4F-4C4E-9E5F-0B5A5DDF6C11";
        try (DataverseSimulator simulator = DataverseSimulator.builder()
                        .tls(true)
                        .client("app-1", "secret")
                        .build();
                ConsumerRoute reader = TlsConsumerRoute.of(simulator)
                        .with("clientId", "app-1")
                        .with("clientSecret", "secret")
                        .with("callerObjectId", user)
                        .start()) {
            await().until(() -> reader.word() == Word.UP);
            assertThat(callers(simulator, true)).containsExactly(user.toLowerCase(java.util.Locale.ROOT));
            assertThat(callers(simulator, false)).containsExactly("nobody");
        }
    }

    @Test
    @ProvesSentence("2021-23")
    void theVersionThatTheDocumentOf2021AsksWorksToo() throws Exception {
        accountsIn(accounts, 3);
        try (ConsumerRoute reader = ConsumerRoute.of(simulator)
                .with("apiVersion", "v9.0")
                .with("maxPageSize", 2)
                .start()) {
            await().until(() -> reader.received().size() == 3);
            accountsIn(accounts, 1);
            await().until(() -> reader.received().size() == 4);
            assertThat(simulator.requests()).filteredOn(RequestKind::forRows).allMatch(request -> request.pathAndQuery()
                    .startsWith("/api/data/v9.0/"));
        }
    }

    private static Set<String> callers(DataverseSimulator simulator, boolean organization) {
        return simulator.requests().stream()
                .filter(request -> request.pathAndQuery().startsWith("/api/data/") == organization)
                .map(request -> String.join(",", request.headers().getOrDefault("CallerObjectId", List.of("nobody"))))
                .collect(Collectors.toSet());
    }
}
