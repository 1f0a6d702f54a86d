package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.http.DatedOrganization;
import io.github.cameldataverse.changes.internal.http.clock.OwnClock;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A token that had expired was asked with, and a table was read again, because the clock of the machine was wrong. The
 * age of a token is a matter of the service's clock.
 */
class JumpingClockTest {

    private static final Duration NINE_DAYS = Duration.ofDays(9);

    private final DatedOrganization organization;
    private final MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();

    JumpingClockTest() throws Exception {
        organization = new DatedOrganization().ahead(Duration.ZERO);
    }

    @AfterEach
    void close() throws Exception {
        organization.close();
    }

    @ParameterizedTest
    @EnumSource(ChangeTrackingApi.class)
    @ProvesFault("T1")
    void aTokenThatSeemsToComeFromTheFutureIsNotAskedWith(ChangeTrackingApi api) throws Exception {
        loaded(api);
        obtained(Instant.now().plus(Duration.ofDays(30)).plus(Duration.ofMinutes(1)));
        long asked = organization.pagesAsked();
        try (ConsumerRoute reader = reader(api).start()) {
            await().until(() -> reader.word() == Word.EXPIRED);

            assertThat(reader.message())
                    .contains("30 days ahead of the clock of the service")
                    .contains("onTokenExpired=resync");
            assertThat(organization.pagesAsked()).isEqualTo(asked);
            assertThat(reader.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(ChangeTrackingApi.class)
    @ProvesFault("T1")
    void withResyncATokenFromTheFutureIsReplacedByAReload(ChangeTrackingApi api) throws Exception {
        loaded(api);
        obtained(Instant.now().plus(Duration.ofMinutes(7)));
        try (ConsumerRoute reader = reader(api).with("onTokenExpired", "resync").start()) {
            await().until(() -> reader.types().contains("resyncCompleted"));

            assertThat(reader.types().subList(0, 3)).containsExactly("resyncStarted", "upsert", "resyncCompleted");
            assertThat(stored().obtained()).isBeforeOrEqualTo(Instant.now());
        }
    }

    @ParameterizedTest
    @EnumSource(ChangeTrackingApi.class)
    @ProvesFault("T1")
    void aClockThatIsNineDaysAheadExpiresNoToken(ChangeTrackingApi api) throws Exception {
        organization.ahead(NINE_DAYS.negated());
        loaded(api);
        obtained(Instant.now().minus(NINE_DAYS).minusSeconds(5));
        try (ConsumerRoute reader = reader(api).with("onTokenExpired", "resync").start()) {
            await().until(() -> reader.received().size() > 2);

            assertThat(reader.types()).containsOnly("upsert");
            assertThat(reader.received())
                    .allSatisfy(change -> assertThat((long) change.headers().get(DataverseChangesConstants.TOKEN_AGE))
                            .isLessThan(60));
            assertThat((long) reader.health().getDetails().get("token.age.seconds"))
                    .isLessThan(60);
            assertThat(stored().obtained()).isBefore(Instant.now().minus(Duration.ofDays(8)));
        }
    }

    /** As it is when the machine starts with a wrong clock. */
    @ParameterizedTest
    @EnumSource(ChangeTrackingApi.class)
    @ProvesFault("T3")
    void aClockThatIsNineDaysBehindMakesNoTokenFresh(ChangeTrackingApi api) throws Exception {
        loaded(api);
        organization.ahead(NINE_DAYS.plusMinutes(1));
        long asked = organization.pagesAsked();
        try (ConsumerRoute reader = reader(api).start()) {
            await().until(() -> reader.word() == Word.EXPIRED);

            assertThat(reader.message()).contains("the delta token is 9 days old");
            assertThat(organization.pagesAsked()).isEqualTo(asked);
        }
    }

    @ParameterizedTest
    @EnumSource(ChangeTrackingApi.class)
    void whereTheServiceTellsNoTimeATokenFromTheFutureIsAWarning(ChangeTrackingApi api) throws Exception {
        organization.withoutDate();
        loaded(api);
        obtained(Instant.now().plus(Duration.ofDays(30)));
        try (CapturedLog log = new CapturedLog(ConsumerAccess.LOGGER);
                ConsumerRoute reader =
                        reader(api).with("onTokenExpired", "resync").start()) {
            await().until(() -> reader.received().size() > 2);

            assertThat(reader.types()).containsOnly("upsert");
            await().untilAsserted(
                            () -> assertThat(log.lines().stream().filter(line -> line.contains("ahead of the clock")))
                                    .singleElement()
                                    .asString()
                                    .startsWith("WARN"));
        }
    }

    @Test
    @ProvesFault("T3")
    void whereTheServiceTellsNoTimeTheOwnClockCounts() throws Exception {
        organization.withoutDate();
        loaded(ChangeTrackingApi.WEB_API);
        obtained(Instant.now().minus(NINE_DAYS));
        try (ConsumerRoute reader = reader(ChangeTrackingApi.WEB_API).start()) {
            await().until(() -> reader.word() == Word.EXPIRED);

            assertThat(reader.message()).contains("the delta token is 9 days old");
        }
    }

    @Test
    @ProvesFault("T1")
    void aSingleWrongDateBeginsNothing() throws Exception {
        loaded(ChangeTrackingApi.WEB_API);
        for (Duration wrong : new Duration[] {
            NINE_DAYS, NINE_DAYS.negated(), Duration.ofMinutes(6).negated()
        }) {
            organization.next(DatedOrganization.date(Instant.now().plus(wrong)));
            try (ConsumerRoute reader = reader(ChangeTrackingApi.WEB_API)
                    .with("onTokenExpired", "resync")
                    .start()) {
                await().until(() -> reader.received().size() > 1);
                organization.next(DatedOrganization.date(Instant.now().plus(wrong)));
                int before = reader.received().size();
                await().until(() -> reader.received().size() > before + 2);

                assertThat(reader.types()).containsOnly("upsert");
                assertThat(reader.word()).isEqualTo(Word.UP);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9, -9})
    @ProvesFault("T1")
    void aClockThatJumpsWhileTheProcessRunsBeginsNothing(int days) throws Exception {
        jumpsWithoutConsequence(days);
        // An answer that comes between the jump and the next look at the clock has told already.
        assertThat(organization.greeted())
                .as("asks once who it is, and at most once what time it is")
                .isBetween(1L, 2L);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, -9})
    @ProvesFault("T1")
    void whereTheServiceTellsNoTimeAJumpBeginsNothingEither(int days) throws Exception {
        organization.withoutDate();
        jumpsWithoutConsequence(days);
        assertThat(organization.greeted()).as("asks who it is, and no time").isEqualTo(1);
    }

    private void jumpsWithoutConsequence(int days) throws Exception {
        AtomicReference<Duration> jump = new AtomicReference<>(Duration.ZERO);
        try (CapturedLog log = new CapturedLog(ConsumerAccess.LOGGER);
                ConsumerRoute reader = reader(ChangeTrackingApi.WEB_API).with("onTokenExpired", "resync")) {
            ConsumerAccess.ownClock(reader.context(), machine(jump));
            reader.start();
            await().until(() -> reader.received().size() > 1);
            jump.set(Duration.ofDays(days));
            int before = reader.received().size();
            await().until(() -> reader.received().size() > before + 2);

            assertThat(reader.types()).containsOnly("upsert");
            assertThat(reader.word()).isEqualTo(Word.UP);
            assertThat((long) reader.health().getDetails().get("token.age.seconds"))
                    .isLessThan(60);
            assertThat(stored().obtained())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
            assertThat(log.lines().stream().filter(line -> line.contains("The clock of this machine was set")))
                    .singleElement()
                    .asString()
                    .startsWith("WARN");
        }
    }

    /** What a process counts stands still while its machine sleeps, and a clock that is right afterwards has jumped. */
    @ParameterizedTest
    @EnumSource(ChangeTrackingApi.class)
    @ProvesFault({"T3", "T4"})
    void aTokenThatExpiredWhileTheMachineSleptIsNotAskedWith(ChangeTrackingApi api) throws Exception {
        AtomicReference<Duration> slept = new AtomicReference<>(Duration.ZERO);
        try (ConsumerRoute reader = reader(api)) {
            ConsumerAccess.ownClock(reader.context(), machine(slept));
            reader.start();
            await().until(() -> reader.received().size() > 1);
            AtomicLong asked = new AtomicLong();
            reader.whileSuspended(() -> {
                slept.set(NINE_DAYS);
                organization.ahead(NINE_DAYS);
                asked.set(organization.pagesAsked());
            });
            await().until(() -> reader.word() == Word.EXPIRED);

            assertThat(organization.pagesAsked()).isEqualTo(asked.get());
        }
    }

    /** Not even the clock of the machine has noticed: the answer itself is the first to tell. */
    @ParameterizedTest
    @EnumSource(ChangeTrackingApi.class)
    @ProvesFault({"T3", "T4"})
    void whatIsAnsweredToATokenThatExpiredUnnoticedIsNotDelivered(ChangeTrackingApi api) throws Exception {
        try (ConsumerRoute reader = reader(api).start()) {
            await().until(() -> reader.received().size() > 1);
            AtomicInteger received = new AtomicInteger();
            reader.whileSuspended(() -> {
                organization.ahead(NINE_DAYS);
                received.set(reader.received().size());
            });
            await().until(() -> reader.word() == Word.EXPIRED);

            assertThat(reader.received()).hasSize(received.get());
        }
    }

    private static OwnClock machine(AtomicReference<Duration> ahead) {
        return new OwnClock(
                new Clock() {
                    @Override
                    public Instant instant() {
                        return Instant.now().plus(ahead.get());
                    }

                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }
                },
                System::nanoTime);
    }

    /** Reads once, so that there is a token. */
    private void loaded(ChangeTrackingApi api) throws Exception {
        try (ConsumerRoute reader = reader(api).start()) {
            await().until(() -> reader.received().size() > 1);
        }
    }

    private ConsumerRoute reader(ChangeTrackingApi api) {
        return ConsumerRoute.of(organization.origin())
                .with("allowInsecure", true)
                .with("accessToken", "demo")
                .with("api", api.word())
                .with("idempotentRepository", tokens);
    }

    private void obtained(Instant time) {
        Checkpoint at = stored();
        tokens.replace(
                id(),
                new Checkpoint(
                        at.revision() + 1,
                        at.round(),
                        at.phase(),
                        at.roundLink(),
                        at.pageLink(),
                        at.pages(),
                        at.rows(),
                        time,
                        at.fingerprint(),
                        at.organization()));
    }

    private Checkpoint stored() {
        return tokens.load(id()).orElseThrow().checkpoint();
    }

    private SubscriptionId id() {
        return new SubscriptionId(organization.origin().toString(), "account", "default")
                .ofOrganization(DatedOrganization.ORGANIZATION);
    }
}
