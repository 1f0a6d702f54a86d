package io.github.cameldataverse.changes.behaviour.round;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.ProvesSentence;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.ReceivedRequest;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.Throttled;
import io.github.cameldataverse.changes.testkit.switches.DeltaTokenExpiry;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a token that grows old: told in time, and never trusted beyond its time. */
@OverBothApis
class DeltaTokenAgeTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();

    @ParameterizedTest
    @ValueSource(ints = {7, 30, 90})
    @ProvesSentence("current-35")
    void theTimeThatTheOrganizationSetsIsReadAndTold(int days) throws Exception {
        simulator.switches().expireChangeTrackingInDays(days);
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.health().getDetails().containsKey("token.expires"));
            Map<String, Object> details = reader.health().getDetails();
            assertThat(details)
                    .containsEntry("token.kept.days", (long) days)
                    .containsKey("token.age.seconds")
                    .doesNotContainKey("token.warning");
            assertThat(Instant.parse((String) details.get("token.expires")))
                    .isBetween(
                            Instant.now().plus(Duration.ofDays(days - 1)),
                            Instant.now().plus(Duration.ofDays(days)));
        }
    }

    @Test
    void whoMayNotReadTheSettingsReadsChangesAllTheSame() throws Exception {
        simulator.switches().organizationSettingsReadable(false);
        try (CapturedLog log = log();
                ConsumerRoute reader = reader().start()) {
            await().until(() -> settingsAsked() == 1);
            accountsIn(accounts, 2);
            await().until(() -> reader.received().size() == 2);
            assertThat(reader.health().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(reader.health().getDetails())
                    .containsKey("token.age.seconds")
                    .doesNotContainKey("token.expires");
            assertThat(settingsAsked()).isEqualTo(1);
            assertThat(log.lines()).anyMatch(line -> line.startsWith("INFO") && line.contains("No warning will come"));
        }
    }

    @Test
    @ProvesFault("T3")
    void atHalfOfItsTimeOneLineWarnsOfTheToken() throws Exception {
        loaded(1);
        aged(Duration.ofDays(4));
        simulator.faults().whereRequest(RequestKind::forRows).always(new Throttled(300));
        try (CapturedLog log = log();
                ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.polls() > 5);
            assertThat(log.lines().stream().filter(line -> line.contains("has to be read again")))
                    .singleElement()
                    .asString()
                    .startsWith("WARN")
                    .contains("the delta token is 4 days old, and the organization keeps track for 7 days");
            assertThat(reader.health().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(reader.health().getDetails()).doesNotContainKey("token.warning");
        }
    }

    @Test
    @ProvesFault("T3")
    void atFourFifthsOfItsTimeTheHealthSaysDownSoonAndStaysUp() throws Exception {
        loaded(1);
        aged(Duration.ofDays(6));
        simulator.faults().whereRequest(RequestKind::forRows).always(new Throttled(300));
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.word() == Word.THROTTLED);
            assertThat(reader.health().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat((String) reader.health().getDetails().get("token.warning"))
                    .startsWith("DOWN soon: the delta token is 6 days old");
        }
    }

    /** With the older service, whatever came back would pass for changes, and the delete would be lost. */
    @ParameterizedTest
    @EnumSource(DeltaTokenExpiry.class)
    @ProvesFault({"P5", "T3"})
    void aTokenBeyondItsTimeIsNotAskedWith(DeltaTokenExpiry expiry) throws Exception {
        simulator.switches().expiry(expiry);
        List<String> ids = loaded(2);
        accounts.delete(ids.get(0));
        aged(Duration.ofDays(8));
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.word() == Word.EXPIRED);
            assertThat(reader.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(reader.message())
                    .contains("the delta token is 8 days old, and the organization keeps track for 7 days")
                    .contains("onTokenExpired=resync");
            assertThat(reader.received()).isEmpty();
            assertThat(askedWithTheToken()).isZero();
        }
    }

    @Test
    @ProvesFault("T3")
    void ofATokenBeyondItsTimeNoEndIsToldThatLiesBehind() throws Exception {
        loaded(1);
        aged(Duration.ofDays(8));
        try (CapturedLog log = log();
                ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.word() == Word.EXPIRED);
            assertThat(log.lines()).noneMatch(line -> line.contains("If no round is completed before"));
            assertThat((String) reader.health().getDetails().get("token.warning"))
                    .startsWith("the table has to be read again: the delta token is 8 days old");
        }
    }

    @ParameterizedTest
    @EnumSource(DeltaTokenExpiry.class)
    @ProvesFault({"P5", "T3"})
    void withResyncTheReloadIsBracketedAndTellsOfTheDeleteWhateverTheServiceDoes(DeltaTokenExpiry expiry)
            throws Exception {
        simulator.switches().expiry(expiry);
        List<String> ids = loaded(3);
        accounts.delete(ids.get(1));
        aged(Duration.ofDays(8));
        try (ConsumerRoute reader = reader().with("onTokenExpired", "resync").start()) {
            await().until(() -> reader.types().contains("resyncCompleted"));
            assertThat(reader.types())
                    .containsExactly("resyncStarted", "upsert", "upsert", "delete", "resyncCompleted");
            assertThat(reader.received().get(3).id()).isEqualTo(ids.get(1));
            assertThat(reader.health().getState()).isEqualTo(HealthCheck.State.UP);
        }
    }

    @Test
    @ProvesFault("T3")
    void theTokenOfARoundThatWasInterruptedForTooLongIsNotAskedWithEither() throws Exception {
        loaded(1);
        accountsIn(accounts, 4);
        try (ConsumerRoute reader = reader().doing(exchange -> {
                    if (!askedForTheSecondPage()) {
                        return;
                    }
                    throw new IllegalStateException("refused");
                })
                .start()) {
            await().until(() -> reader.word() == Word.POISONED);
        }
        assertThat(stored().pageLink()).isNotNull();
        aged(Duration.ofDays(8));
        simulator.switches().expiry(DeltaTokenExpiry.SILENT_FULL_LOAD);
        simulator.forgetRequests();
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.word() == Word.EXPIRED);
            assertThat(reader.received()).isEmpty();
            assertThat(askedForTheSecondPage()).isFalse();
        }
    }

    /** Nothing tells such a token from a good one: this is where the promise of the older service ends. */
    @Test
    void whereTheTimeIsNotKnownOnlyAYearIsTooLong() throws Exception {
        simulator.switches().organizationSettingsReadable(false).expiry(DeltaTokenExpiry.SILENT_FULL_LOAD);
        loaded(1);
        aged(Duration.ofDays(366));
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.word() == Word.EXPIRED);
            assertThat(reader.message()).contains("nothing is kept for more than 365 days");
        }
    }

    @Test
    @ProvesSentence("current-35")
    void aReaderThatHasStoppedGoesOnWhenTheTimeIsMadeLonger() throws Exception {
        loaded(1);
        aged(Duration.ofDays(8));
        accountsIn(accounts, 1);
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.word() == Word.EXPIRED);
            simulator.switches().expireChangeTrackingInDays(30);
            await().until(() -> reader.received().size() == 1);
            assertThat(reader.word()).isEqualTo(Word.UP);
        }
    }

    @Test
    void zeroDaysSayNothingSoThatTheServiceItselfDecides() throws Exception {
        loaded(1);
        simulator.switches().expireChangeTrackingInDays(0).expiry(DeltaTokenExpiry.ONLY_IF_CHANGES_OLDER);
        aged(Duration.ofDays(20));
        accountsIn(accounts, 1);
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> askedWithTheToken() > 0);
            assertThat(reader.health().getDetails()).doesNotContainKey("token.expires");
        }
    }

    @Test
    void changesSayHowOldTheirTokenWasAndTheRowsOfALoadDoNot() throws Exception {
        loaded(1);
        accountsIn(accounts, 1);
        aged(Duration.ofHours(30));
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.received().size() == 1);
            assertThat((long) reader.received().get(0).headers().get(DataverseChangesConstants.TOKEN_AGE))
                    .isBetween(108_000L, 108_600L);
        }
        try (ConsumerRoute reader = reader().with("subscription", "other").start()) {
            await().until(() -> reader.received().size() == 2);
            assertThat(reader.received())
                    .allMatch(each -> !each.headers().containsKey(DataverseChangesConstants.TOKEN_AGE));
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void theOperationTokenTellsWhenItExpiresAndCountRefusesOneThatHas() throws Exception {
        loaded(1);
        aged(Duration.ofDays(5));
        try (ConsumerRoute reader = reader()) {
            reader.context().start();
            var template = reader.context().createProducerTemplate();
            Map<String, Object> report = template.requestBody(reader.uri() + "&operation=token", null, Map.class);
            assertThat(report).containsEntry("keptDays", 7L).containsKey("expires");
            assertThat((long) report.get("expiresInSeconds"))
                    .isBetween(
                            Duration.ofDays(2).minusHours(2).toSeconds(),
                            Duration.ofDays(2).toSeconds());
            aged(Duration.ofDays(3));
            assertThatThrownBy(() -> template.requestBody(reader.uri() + "&operation=count", (Object) null))
                    .cause()
                    .isInstanceOf(ServiceFault.TokenExpired.class);
        }
    }

    @Test
    void theAgeIsAnAttributeOfTheEndpointInManagement() throws Exception {
        loaded(1);
        aged(Duration.ofDays(2));
        simulator.faults().whereRequest(RequestKind::forRows).always(new Throttled(300));
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.word() == Word.THROTTLED);
            assertThat(managed(reader, "TokenAgeSeconds")).isBetween(172_800L, 173_400L);
            assertThat(managed(reader, "TokenExpiresInSeconds"))
                    .isBetween(
                            Duration.ofDays(5).minusHours(2).toSeconds(),
                            Duration.ofDays(5).toSeconds());
        }
    }

    private ConsumerRoute reader() {
        return ConsumerRoute.of(simulator, api)
                .with("idempotentRepository", tokens)
                .with("knownIds", true)
                .with("maxPageSize", 2);
    }

    /** Creates accounts and reads them, so that there is a token. */
    private List<String> loaded(int rows) throws Exception {
        List<String> ids = accountsIn(accounts, rows);
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.received().size() == rows && reader.word() == Word.UP && settingsAsked() > 0);
        }
        simulator.forgetRequests();
        return ids;
    }

    /** Lets time go by at the service, as if this process had not run meanwhile. */
    private void aged(Duration by) {
        simulator.clock().advance(by);
    }

    private Checkpoint stored() {
        return tokens.load(id()).orElseThrow().checkpoint();
    }

    private SubscriptionId id() {
        return new SubscriptionId(simulator.organizationUrl().toString(), "account", "default")
                .ofOrganization(simulator.organizationId().toString());
    }

    private long settingsAsked() {
        return asked(request -> request.pathAndQuery().contains("/organizations"));
    }

    private long askedWithTheToken() {
        return asked(RequestKind::forARound);
    }

    private boolean askedForTheSecondPage() {
        return asked(RequestKind::forANextPage) > 0;
    }

    private long asked(Predicate<ReceivedRequest> what) {
        return simulator.requests().stream().filter(what).count();
    }

    private static CapturedLog log() {
        return new CapturedLog(ConsumerAccess.LOGGER);
    }

    private static long managed(ConsumerRoute reader, String attribute) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName all = new ObjectName("org.apache.camel:context="
                + reader.context().getManagementName() + ",type=endpoints,name=\"dataverse-changes://*\"");
        return (long)
                server.getAttribute(server.queryNames(all, null).iterator().next(), attribute);
    }
}
