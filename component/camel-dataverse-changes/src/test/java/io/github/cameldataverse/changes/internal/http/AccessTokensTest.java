package io.github.cameldataverse.changes.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenException;
import io.github.cameldataverse.changes.harness.ProvesFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SetClock clock = new SetClock(NOON);
    private final List<String> asked = new ArrayList<>();
    private Duration life = Duration.ofHours(1);

    private final AccessTokens tokens = new AccessTokens(this::next, "https://contoso.example", clock);

    private AccessToken next(String resource) {
        asked.add(resource);
        return new AccessToken("token-" + asked.size(), clock.instant().plus(life));
    }

    @Test
    void oneTokenIsAskedForInItsLifetime() throws Exception {
        AccessToken first = tokens.current();
        clock.forward(Duration.ofMinutes(54));

        assertThat(tokens.current()).isEqualTo(first);
        assertThat(asked).containsExactly("https://contoso.example");
    }

    @Test
    void itIsRenewedBeforeItEnds() throws Exception {
        tokens.current();
        clock.forward(Duration.ofMinutes(55));

        assertThat(tokens.current().value()).isEqualTo("token-2");
        assertThat(tokens.current().value()).isEqualTo("token-2");
    }

    @Test
    void aShortLivedTokenIsKeptForMostOfItsLife() throws Exception {
        life = Duration.ofMinutes(2);
        tokens.current();
        clock.forward(Duration.ofSeconds(107));
        assertThat(tokens.current().value()).isEqualTo("token-1");

        clock.forward(Duration.ofSeconds(1));
        assertThat(tokens.current().value()).isEqualTo("token-2");
    }

    @Test
    @ProvesFault("T2")
    void aTokenThatSaysNothingOfItsLifeIsKeptUntilItIsRefused() throws Exception {
        List<AccessToken> given = new ArrayList<>();
        AccessTokens endless = new AccessTokens(
                resource -> {
                    given.add(new AccessToken("token-" + (given.size() + 1), Instant.MAX));
                    return given.get(given.size() - 1);
                },
                "https://contoso.example",
                clock);
        for (int day = 0; day < 100; day++) {
            assertThat(endless.current().value()).isEqualTo("token-1");
            clock.forward(Duration.ofDays(1));
        }
        assertThat(endless.insteadOf(given.get(0)).value()).isEqualTo("token-2");
        assertThat(endless.insteadOf(given.get(0)).value()).isEqualTo("token-2");
        assertThat(given).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -7_200, -1_000_000_000_000L})
    @ProvesFault("T2")
    void aTokenThatSeemsToHaveEndedIsNotAskedForAtEveryRequest(long seconds) throws Exception {
        // The clock here may be wrong; the service says 401 if the token is.
        life = Duration.ofSeconds(seconds);
        for (int request = 0; request < 100; request++) {
            assertThat(tokens.current().value()).isEqualTo("token-1");
        }
        clock.forward(Duration.ofMinutes(1));
        assertThat(tokens.current().value()).isEqualTo("token-2");
    }

    @Test
    @ProvesFault("T1")
    void aClockThatJumpsRaisesNoStormAndARefusalRenewsTheToken() throws Exception {
        AccessToken first = tokens.current();
        clock.forward(Duration.ofHours(-5));
        assertThat(tokens.current()).isEqualTo(first);
        assertThat(tokens.insteadOf(first).value()).isEqualTo("token-2");

        clock.forward(Duration.ofHours(10));
        for (int request = 0; request < 100; request++) {
            assertThat(tokens.current().value()).isEqualTo("token-3");
        }
    }

    @Test
    void aTokenWithoutAnEndIsAskedForOnce() throws Exception {
        AccessToken fixed = new AccessToken("fixed", Instant.MAX);
        AccessTokens kept = new AccessTokens(
                resource -> {
                    asked.add(resource);
                    return fixed;
                },
                "https://contoso.example",
                clock);
        kept.current();
        clock.forward(Duration.ofDays(36_500));

        assertThat(kept.current()).isEqualTo(fixed);
        assertThat(asked).hasSize(1);
    }

    @Test
    void aRefusedTokenIsRenewedOnceHoweverManyWereRefused() throws Exception {
        AccessToken refused = tokens.current();

        AccessToken fresh = tokens.insteadOf(refused);

        assertThat(fresh.value()).isEqualTo("token-2");
        assertThat(tokens.insteadOf(refused)).isEqualTo(fresh);
        assertThat(tokens.current()).isEqualTo(fresh);
        assertThat(asked).hasSize(2);
    }

    @Test
    void nothingIsKeptAfterAFailure() throws Exception {
        AccessTokens failing = new AccessTokens(
                resource -> {
                    asked.add(resource);
                    if (asked.size() == 1) {
                        throw AccessTokenException.unreachable("no line", null);
                    }
                    return new AccessToken("late", clock.instant().plus(life));
                },
                "https://contoso.example",
                clock);

        assertThatThrownBy(failing::current)
                .isInstanceOf(AccessTokenException.class)
                .hasMessage("no line");
        assertThat(failing.current().value()).isEqualTo("late");
    }

    @Test
    void aFailedRenewalLeavesTheNextCallerToTryAgain() throws Exception {
        List<AccessToken> answers = new ArrayList<>(List.of(new AccessToken("one", NOON.plus(life))));
        AccessTokens flaky = new AccessTokens(
                resource -> {
                    if (answers.isEmpty()) {
                        throw AccessTokenException.refused("wrong secret", null);
                    }
                    return answers.remove(0);
                },
                "https://contoso.example",
                clock);
        AccessToken one = flaky.current();

        assertThatThrownBy(() -> flaky.insteadOf(one))
                .isInstanceOfSatisfying(AccessTokenException.class, e -> assertThat(e.isRefused())
                        .isTrue());
        answers.add(new AccessToken("two", NOON.plus(life)));
        assertThat(flaky.insteadOf(one).value()).isEqualTo("two");
    }

    @Test
    void threadsThatComeAtTheSameMomentShareOneRequest() throws Exception {
        CountDownLatch inTheProvider = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        AccessTokens slow = new AccessTokens(
                resource -> {
                    asked.add(resource);
                    inTheProvider.countDown();
                    awaitOrFail(answer);
                    return new AccessToken("shared", clock.instant().plus(life));
                },
                "https://contoso.example",
                clock);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<AccessToken>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                all.add(threads.submit(slow::current));
            }
            assertThat(inTheProvider.await(5, TimeUnit.SECONDS)).isTrue();
            answer.countDown();
            for (Future<AccessToken> one : all) {
                assertThat(one.get(5, TimeUnit.SECONDS).value()).isEqualTo("shared");
            }
            assertThat(asked).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aProviderThatGivesNothingIsNamed() {
        AccessTokens empty = new AccessTokens(resource -> null, "https://contoso.example", clock);

        assertThatThrownBy(empty::current)
                .isInstanceOf(AccessTokenException.class)
                .hasMessageStartingWith("The access token provider gave no token for https://contoso.example");
    }

    @Test
    @ProvesFault("S6")
    void aTokenDoesNotPrintItself() {
        AccessToken token = new AccessToken("eyJ0eXAi.secret", NOON);

        assertThat(token.toString()).isEqualTo("access token until 2026-03-01T12:00:00Z");
    }

    private static void awaitOrFail(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class SetClock extends Clock {

        private Instant now;

        SetClock(Instant now) {
            this.now = now;
        }

        void forward(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
