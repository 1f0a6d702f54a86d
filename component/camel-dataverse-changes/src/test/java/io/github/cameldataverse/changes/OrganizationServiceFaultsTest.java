package io.github.cameldataverse.changes;

import static io.github.cameldataverse.changes.Rows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.Standing.Word;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.DeepNesting;
import io.github.cameldataverse.changes.testkit.faults.EntityBomb;
import io.github.cameldataverse.changes.testkit.faults.ExternalEntity;
import io.github.cameldataverse.changes.testkit.faults.FaultWithoutDetail;
import io.github.cameldataverse.changes.testkit.faults.ForeignValue;
import io.github.cameldataverse.changes.testkit.faults.InvalidUtf8;
import io.github.cameldataverse.changes.testkit.faults.MissingPagingCookie;
import io.github.cameldataverse.changes.testkit.faults.NextLinkCycle;
import io.github.cameldataverse.changes.testkit.faults.Throttled;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a service of XML can do to its reader. */
class OrganizationServiceFaultsTest {

    private final DataverseSimulator simulator = DataverseSimulator.start();
    private final SimulatedTable accounts = simulator.table("account");

    @AfterEach
    void stop() {
        simulator.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(new DeepNesting(), "nests its elements deeper than"),
                Arguments.of(new EntityBomb(), "declares or names an entity"),
                Arguments.of(new InvalidUtf8(), "no UTF-8"),
                Arguments.of(new MissingPagingCookie(), "sent no paging cookie"),
                Arguments.of(new FaultWithoutDetail(), "The service is not well (HTTP 500)"),
                Arguments.of(
                        new ForeignValue("new_odd", "http://schemas.microsoft.com/xrm/9.9/Contracts", "Novelty", ""),
                        "The column new_odd has the type Novelty, which is not known"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    @Fault({"S11", "D8"})
    void aPageThatCannotBeTrustedIsNotDelivered(
            io.github.cameldataverse.changes.testkit.faults.Fault fault, String sentence) throws Exception {
        accountsIn(accounts, 3);
        simulator.faults().whereAsked(Asking::forRows).always(fault);
        try (Reader reader =
                reader().with("maxPageSize", 2).with("maxRetries", 0).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains(sentence);
            assertThat(reader.received()).isEmpty();
            simulator.faults().clear();
            await().until(() -> reader.received().size() == 3);
        }
    }

    @Test
    @Fault("S11")
    void nothingIsFetchedFromElsewhere() throws Exception {
        accountsIn(accounts, 1);
        try (DataverseSimulator elsewhere = DataverseSimulator.start()) {
            simulator
                    .faults()
                    .whereAsked(Asking::forRows)
                    .always(new ExternalEntity(elsewhere.organizationUrl().resolve("/canary")));
            try (Reader reader = reader().with("maxRetries", 0).start()) {
                await().until(() -> reader.word() == Word.FAULTED);
                assertThat(elsewhere.requests()).isEmpty();
                assertThat(reader.received()).isEmpty();
            }
        }
    }

    @Test
    @Fault("P10")
    void aPagingCookieThatComesAgainEndsInASentenceAndNotInALoop() throws Exception {
        accountsIn(accounts, 9);
        simulator.faults().whereAsked(Asking::forANextPage).always(new NextLinkCycle());
        try (Reader reader = reader().with("maxPageSize", 2).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("would never end");
            assertThat(reader.keys()).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 429})
    @Fault("P1")
    void aWaitInsideOfAFaultIsKept(int status) throws Exception {
        accountsIn(accounts, 1);
        simulator.switches().soapThrottledStatus(status);
        try (Reader reader = reader().start()) {
            await().until(() -> reader.received().size() == 1);
            simulator.faults().always(new Throttled(600));
            await().until(() -> reader.word() == Word.THROTTLED);
            assertThat(reader.health().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(String.valueOf(reader.health().getDetails()))
                    .contains(Instant.now().plusSeconds(600).toString().substring(0, 14));
        }
    }

    private Reader reader() {
        return Reader.of(simulator).with("api", "organizationService");
    }
}
