package io.github.cameldataverse.changes.behaviour.fault;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.DeepNesting;
import io.github.cameldataverse.changes.testkit.faults.EntityBomb;
import io.github.cameldataverse.changes.testkit.faults.ExternalEntity;
import io.github.cameldataverse.changes.testkit.faults.FaultWithoutDetail;
import io.github.cameldataverse.changes.testkit.faults.InvalidUtf8;
import io.github.cameldataverse.changes.testkit.faults.MissingPagingCookie;
import io.github.cameldataverse.changes.testkit.faults.NextLinkCycle;
import io.github.cameldataverse.changes.testkit.faults.Throttled;
import io.github.cameldataverse.changes.testkit.faults.UnknownValueType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a service of XML can do to its reader. */
class HostileXmlTest {

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(new DeepNesting(), "nests its elements deeper than"),
                Arguments.of(new EntityBomb(), "declares or names an entity"),
                Arguments.of(new InvalidUtf8(), "no UTF-8"),
                Arguments.of(new MissingPagingCookie(), "sent no paging cookie"),
                Arguments.of(new FaultWithoutDetail(), "The service failed (HTTP 500)"),
                Arguments.of(
                        new UnknownValueType(
                                "new_odd", "http://schemas.microsoft.com/xrm/9.9/Contracts", "Novelty", ""),
                        "The column new_odd has the type Novelty, which is not known"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    @ProvesFault({"S11", "D8"})
    void aPageThatCannotBeTrustedIsNotDelivered(
            io.github.cameldataverse.changes.testkit.faults.Fault fault, String sentence) throws Exception {
        accountsIn(accounts, 3);
        simulator.faults().whereRequest(RequestKind::forRows).always(fault);
        try (ConsumerRoute reader =
                reader().with("maxPageSize", 2).with("maxRetries", 0).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains(sentence);
            assertThat(reader.received()).isEmpty();
            simulator.faults().clear();
            await().until(() -> reader.received().size() == 3);
        }
    }

    @Test
    @ProvesFault("S11")
    void nothingIsFetchedFromElsewhere() throws Exception {
        accountsIn(accounts, 1);
        try (DataverseSimulator elsewhere = DataverseSimulator.start()) {
            simulator
                    .faults()
                    .whereRequest(RequestKind::forRows)
                    .always(new ExternalEntity(elsewhere.organizationUrl().resolve("/canary")));
            try (ConsumerRoute reader = reader().with("maxRetries", 0).start()) {
                await().until(() -> reader.word() == Word.FAULTED);
                assertThat(elsewhere.requests()).isEmpty();
                assertThat(reader.received()).isEmpty();
            }
        }
    }

    @Test
    @ProvesFault("P10")
    void aPagingCookieThatComesAgainEndsInASentenceAndNotInALoop() throws Exception {
        accountsIn(accounts, 9);
        simulator.faults().whereRequest(RequestKind::forANextPage).always(new NextLinkCycle());
        try (ConsumerRoute reader = reader().with("maxPageSize", 2).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("would never end");
            assertThat(reader.keys()).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 429})
    @ProvesFault("P1")
    void aWaitInsideOfAFaultIsKept(int status) throws Exception {
        accountsIn(accounts, 1);
        simulator.switches().soapThrottledStatus(status);
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.received().size() == 1);
            simulator.faults().always(new Throttled(600));
            await().until(() -> reader.word() == Word.THROTTLED);
            assertThat(reader.health().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(Instant.parse((String) reader.health().getDetails().get("until")))
                    .isCloseTo(Instant.now().plusSeconds(600), within(1, ChronoUnit.MINUTES));
        }
    }

    private ConsumerRoute reader() {
        return ConsumerRoute.of(simulator).with("api", "organizationService");
    }
}
