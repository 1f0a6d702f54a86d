package io.github.cameldataverse.changes.behaviour.fault;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenProvider;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.ProvesSentence;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.CutBody;
import io.github.cameldataverse.changes.testkit.faults.ErrorInside200;
import io.github.cameldataverse.changes.testkit.faults.InvalidDeltaToken;
import io.github.cameldataverse.changes.testkit.faults.MissingDeltaLink;
import io.github.cameldataverse.changes.testkit.faults.ServiceUnavailable;
import io.github.cameldataverse.changes.testkit.faults.Throttled;
import io.github.cameldataverse.changes.testkit.faults.TokenExpired;
import io.github.cameldataverse.changes.testkit.faults.Unauthorized;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.switches.CallerRights;
import io.github.cameldataverse.changes.testkit.switches.EmptyDelta;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@OverBothApis
class ConsumerFaultTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");

    private ConsumerRoute reader() {
        return ConsumerRoute.of(simulator, api);
    }

    @Test
    @ProvesFault("P1")
    void aThrottledReaderAsksNothingUntilItMayAndIsHealthyMeanwhile() throws Exception {
        accountsIn(accounts, 1);
        try (ConsumerRoute reader =
                reader().with("sendEmptyMessageWhenIdle", true).start()) {
            await().until(() -> reader.checkpoint() != null && reader.word() == Word.UP);
            simulator.faults().next(new Throttled(5));
            await().until(() -> reader.word() == Word.THROTTLED);
            int asked = simulator.requests().size();
            long idle = reader.received().size();
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 5);
            assertThat(simulator.requests()).hasSize(asked);
            assertThat(reader.received()).hasSize((int) idle);
            assertThat(reader.health().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(reader.health().getDetails())
                    .containsEntry("state", "THROTTLED")
                    .containsKey("until");
            assertThat(reader.consumer().getErrorCounter()).isZero();
            await().atMost(Duration.ofSeconds(30)).until(() -> reader.word() == Word.UP);
        }
    }

    @Test
    @ProvesFault({"P1", "S20"})
    void anAbsurdRetryAfterIsCut() throws Exception {
        accountsIn(accounts, 1);
        simulator.faults().whereRequest(RequestKind::forRows).next(Throttled.retryAfter("1000000000"));
        try (ConsumerRoute reader = reader().with("maxRetryAfter", 300).start()) {
            await().until(() -> reader.received().size() == 1);
        }
    }

    @Test
    @ProvesFault("P3")
    void aRefusedTokenIsRenewedOnce() throws Exception {
        accountsIn(accounts, 1);
        AtomicInteger asked = new AtomicInteger();
        AccessTokenProvider provider = resource ->
                new AccessToken("t" + asked.incrementAndGet(), Instant.now().plusSeconds(3600));
        simulator.faults().whereRequest(RequestKind::forRows).next(new Unauthorized());
        try (ConsumerRoute reader = reader().without("accessToken")
                .with("accessTokenProvider", provider)
                .start()) {
            await().until(() -> reader.received().size() == 1);
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    @ProvesFault("P3")
    void aTokenThatIsAlwaysRefusedRaisesNoStorm() throws Exception {
        simulator.faults().always(new Unauthorized());
        // It polls when the test says so, and looks again in ten minutes.
        try (ConsumerRoute reader =
                reader().with("delay", 60_000).with("initialDelay", 3_600_000).start()) {
            for (int poll = 0; poll < 6; poll++) {
                reader.consumer().run();
            }
            assertThat(reader.word()).isEqualTo(Word.FAULTED);
            assertThat(simulator.requests()).hasSizeLessThan(5);
            assertThat(reader.message()).contains("access token");
        }
    }

    @Test
    @ProvesFault({"P4", "S21"})
    @ProvesSentence({"current-42", "current-43"})
    void aMissingPrivilegeLatchesWithASentenceAndHealsWhenItIsGranted() throws Exception {
        accountsIn(accounts, 1);
        simulator.switches().caller(CallerRights.USER_READ);
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(reader.message()).contains("organization level");
            simulator.switches().caller(CallerRights.ORGANIZATION_READ);
            await().until(() -> reader.received().size() == 1);
            await().until(() -> reader.health().getState() == HealthCheck.State.UP);
        }
    }

    @Test
    @ProvesFault("P4")
    void anUnknownTableKeepsTheConsumerUpAndUnhealthy() throws Exception {
        try (ConsumerRoute reader = reader().table("nosuchtable").start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("no table").contains("nosuchtable");
            assertThat(reader.context()
                            .getRouteController()
                            .getRouteStatus(ConsumerRoute.ROUTE)
                            .isStarted())
                    .isTrue();
        }
    }

    @Test
    @ProvesFault("P4")
    void anUnknownColumnIsNamed() throws Exception {
        accountsIn(accounts, 1);
        try (ConsumerRoute reader = reader().with("select", "name,nosuchcolumn").start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("nosuchcolumn");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504, 520})
    @ProvesFault("P2")
    void aPassingFaultIsTriedAgainWithinThePoll(int status) throws Exception {
        accountsIn(accounts, 1);
        simulator
                .faults()
                .whereRequest(RequestKind::forRows)
                .next(2, (question, proper) -> ServiceResponse.text(status, "text/html", "<html>Try again</html>"));
        AtomicLong pollsBefore = new AtomicLong(-1);
        ConsumerRoute reader = reader();
        try (reader) {
            reader.doing(exchange -> pollsBefore.set(reader.polls())).start();
            await().until(() -> reader.received().size() == 1);
            assertThat(pollsBefore).hasValue(0);
        }
    }

    @Test
    @ProvesFault("P2")
    void aServiceThatStaysAwayMakesTheReaderUnhealthyUntilItIsBack() throws Exception {
        accountsIn(accounts, 1);
        simulator.faults().always(new ServiceUnavailable(503));
        try (ConsumerRoute reader = reader().with("maxRetries", 0).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(reader.health().getDetails()).containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 503);
            simulator.faults().clear();
            await().until(() -> reader.received().size() == 1);
            await().until(() -> reader.word() == Word.UP);
        }
    }

    /** Such an error says nothing of the link of the page, so the pages before it are not read again. */
    @Test
    @ProvesFault({"P20", "P6"})
    void anUnexpectedErrorInsideA200InTheMiddleOfARoundRepeatsNothing() throws Exception {
        accountsIn(accounts, 5);
        simulator.faults().whereRequest(RequestKind::forRows).onNth(2, new ErrorInside200());
        try (ConsumerRoute reader =
                reader().with("maxPageSize", 2).with("maxRetries", 0).start()) {
            await().until(() -> reader.word() == Word.UP && reader.polls() > 2);
            assertThat(reader.types()).hasSize(5).containsOnly("upsert");
            assertThat(reader.keys()).doesNotHaveDuplicates();
        }
    }

    @Test
    void ofATornPageNothingIsDelivered() throws Exception {
        accountsIn(accounts, 5);
        simulator.faults().whereRequest(RequestKind::forRows).always(new CutBody(700));
        try (ConsumerRoute reader =
                reader().with("maxRetries", 0).with("select", "name").start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.received()).isEmpty();
            simulator.faults().clear();
            await().until(() -> reader.received().size() == 5);
            assertThat(reader.keys()).doesNotHaveDuplicates();
        }
    }

    @Test
    @ProvesFault("P7")
    void aLastPageWithoutDeltaLinkIsNeverTheEnd() throws Exception {
        accountsIn(accounts, 3);
        simulator.faults().whereRequest(RequestKind::forRows).always(new MissingDeltaLink());
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("so it is not known where the next round starts");
            assertThat(reader.received()).isEmpty();
            simulator.faults().clear();
            await().until(() -> reader.received().size() == 3);
        }
    }

    @Test
    @ProvesFault("P7")
    void aDeltaWithoutDeltaLinkKeepsItsTokenAndIsAskedForAgainSlowlyWithTheRequestIdInItsSentence() throws Exception {
        accountsIn(accounts, 1);
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.word() == Word.UP && reader.received().size() == 1);
            AtomicReference<Checkpoint> kept = new AtomicReference<>();
            reader.whileSuspended(() -> {
                kept.set(reader.checkpoint());
                accountsIn(accounts, 1);
                simulator.faults().whereRequest(RequestKind::forRows).always(new MissingDeltaLink());
            });
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).containsPattern("\\(request id [0-9a-f-]{36}\\)");
            int asked = simulator.requests().size();
            long polls = reader.polls();
            await().until(() -> reader.polls() >= polls + 5);
            assertThat(simulator.requests().size() - asked).isLessThan(3);
            assertThat(reader.received()).hasSize(1);
            assertThat(reader.checkpoint().roundLink()).isEqualTo(kept.get().roundLink());
            assertThat(reader.checkpoint().round()).isEqualTo(kept.get().round());
            simulator.faults().clear();
            await().until(() -> reader.received().size() == 2);
        }
    }

    @ParameterizedTest
    @EnumSource(EmptyDelta.class)
    @ProvesFault("P9")
    @ProvesSentence({"current-24", "2021-11"})
    void everyWayToSayNothingChangedKeepsTheTokenOrBringsAFreshOne(EmptyDelta how) throws Exception {
        accountsIn(accounts, 1);
        simulator.switches().emptyDelta(how);
        try (ConsumerRoute reader = reader().start()) {
            await().until(() ->
                    reader.checkpoint() != null && reader.checkpoint().phase() == Phase.DELTA);
            Checkpoint loaded = reader.checkpoint();
            long polls = reader.polls();
            await().until(() -> reader.polls() >= polls + 3);
            assertThat(reader.word()).isEqualTo(Word.UP);
            assertThat(reader.received()).hasSize(1);
            // Only with the member value there is a link to store.
            assertThat(reader.checkpoint().equals(loaded)).isEqualTo(how != EmptyDelta.EMPTY_VALUE);
            accountsIn(accounts, 1);
            await().until(() -> reader.received().size() == 2);
        }
    }

    @Test
    @ProvesFault("P5")
    void anExpiredTokenStopsTheReaderUntilAResyncIsAskedFor() throws Exception {
        List<String> ids = accountsIn(accounts, 2);
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.received().size() == 2);
            simulator.faults().whereRequest(RequestKind::forARound).always(new TokenExpired());
            await().until(() -> reader.word() == Word.EXPIRED);
            assertThat(reader.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(reader.message()).startsWith("EXPIRED").contains("resync");
            assertThat(reader.received()).hasSize(2);

            simulator.faults().clear();
            String endpoint = reader.uri() + "&operation=resync";
            reader.context().createProducerTemplate().requestBody(endpoint, (Object) null);
            await().until(() -> reader.received().size() == 6);
            assertThat(reader.types().subList(2, 6))
                    .containsExactly("resyncStarted", "upsert", "upsert", "resyncCompleted");
            assertThat(reader.received().get(3).id()).isEqualTo(ids.get(0));
        }
    }

    /** The code that stands for both, which a token that cannot be read has as well. */
    @Test
    @ProvesFault("P5")
    void aTokenFromBeforeTheDefinitionOfItsTableWasChangedIsExpired() throws Exception {
        accountsIn(accounts, 1);
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.word() == Word.UP && reader.received().size() == 1);
            simulator.faults().whereRequest(RequestKind::forARound).always(new InvalidDeltaToken());
            await().until(() -> reader.word() == Word.EXPIRED);
            assertThat(reader.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(reader.message())
                    .contains("0x80040203", "the definition of the table was changed")
                    .contains(reader.uri().substring(0, 25));
            assertThat(reader.received()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 410, 500})
    @ProvesFault("P5")
    void withOnTokenExpiredResyncTheReloadIsBracketed(int status) throws Exception {
        List<String> ids = accountsIn(accounts, 3);
        try (ConsumerRoute reader =
                reader().with("onTokenExpired", "resync").with("maxPageSize", 2).start()) {
            await().until(() -> reader.received().size() == 3);
            accounts.delete(ids.get(0));
            await().until(() -> reader.received().size() == 4);
            simulator.faults().whereRequest(RequestKind::forARound).next(new TokenExpired(status));
            await().until(() -> reader.received().size() == 8);
            assertThat(reader.types().subList(4, 8))
                    .containsExactly("resyncStarted", "upsert", "upsert", "resyncCompleted");
            assertThat(reader.received().get(4).key()).startsWith("resyncStarted!");
            assertThat(reader.received().get(5).headers()).containsEntry(DataverseChangesConstants.PHASE, "resync");
        }
    }

    @Test
    @ProvesFault("P5")
    @ProvesSentence({"current-34", "current-36"})
    void aTokenOlderThanTheRetentionExpires() throws Exception {
        accountsIn(accounts, 1);
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
        try (ConsumerRoute reader =
                reader().with("idempotentRepository", tokens).start()) {
            await().until(() -> reader.received().size() == 1);
        }
        simulator.clock().advance(Duration.ofDays(8));
        accountsIn(accounts, 1);
        try (ConsumerRoute reader =
                reader().with("idempotentRepository", tokens).start()) {
            await().until(() -> reader.word() == Word.EXPIRED);
            assertThat(reader.received()).isEmpty();
        }
    }

    @Test
    @ProvesFault({"P6"})
    void aRefusedNextLinkStartsTheRoundAgain() throws Exception {
        accountsIn(accounts, 1);
        try (ConsumerRoute reader = reader().with("maxPageSize", 2).start()) {
            await().until(() -> reader.received().size() == 1);
            reader.whileSuspended(() -> {
                accountsIn(accounts, 6);
                simulator.faults().whereRequest(RequestKind::forANextPage).next(new TokenExpired());
            });
            await().until(() -> reader.keys().stream().distinct().count() == 7 && reader.word() == Word.UP);
            assertThat(simulator.faults().injected()).isEqualTo(1);
            assertThat(reader.types()).containsOnly("upsert");
        }
    }

    @Test
    @ProvesFault("P13")
    void theOldTombstoneOfARecordThatCameBackIsNotDelivered() throws Exception {
        List<String> ids = accountsIn(accounts, 2);
        simulator.switches().tombstoneAfterReturn(true);
        try (ConsumerRoute reader = reader().with("maxRetries", 0).start()) {
            await().until(() -> reader.received().size() == 2);
            simulator.faults().whereRequest(RequestKind::forARound).always(new ServiceUnavailable(503));
            await().until(() -> reader.word() == Word.FAULTED);
            accounts.delete(ids.get(0));
            accounts.restore(ids.get(0));
            accounts.delete(ids.get(1));
            simulator.faults().clear();
            await().until(() -> reader.received().size() >= 4);
            await().until(() -> reader.word() == Word.UP);
            assertThat(reader.types().stream().skip(2)).containsExactly("upsert", "delete");
            assertThat(reader.received().get(2).id()).isEqualTo(ids.get(0));
            assertThat(reader.received().get(3).id()).isEqualTo(ids.get(1));
        }
    }
}
