package io.github.cameldataverse.changes.testkit.faults;

import static io.github.cameldataverse.changes.testkit.harness.WebApiClient.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The three limits of service protection, and what an answer says of them. */
@Timeout(60)
class ServiceProtectionTest extends SimulatorTest {
    private static final String LOAD = "accounts?$select=name";
    private static final String REQUESTS = "x-ms-ratelimit-burst-remaining-xrm-requests";
    private static final String TIME = "x-ms-ratelimit-time-remaining-xrm-requests";
    private static final Duration WINDOW = Duration.ofMinutes(5);

    @BeforeEach
    void holdTheClock() {
        SIMULATOR.clock().freeze(SIMULATOR.clock().instant());
    }

    @Test
    void requestsBeyondTheLimitAreThrottledUntilTheWindowMoves() {
        SIMULATOR.switches().requestLimit(2, WINDOW);
        assertThat(load().status()).isEqualTo(200);
        SIMULATOR.clock().advance(Duration.ofSeconds(100));
        assertThat(client().get("EntityDefinitions").status()).isEqualTo(200);
        WebApiClient.Reply refused = load();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("0x80072322");
        assertThat(refused.message())
                .isEqualTo("Number of requests exceeded the limit of 2 over time window of 300 seconds.");
        assertThat(refused.header("Retry-After")).isEqualTo("200");
        SIMULATOR.clock().advance(Duration.ofSeconds(200));
        assertThat(load().status()).isEqualTo(200);
    }

    @Test
    void requestsThatTookTooLongTogetherAreThrottledUntilEnoughTimeHasLeftTheWindow() {
        SIMULATOR.switches().executionTimeLimit(Duration.ofSeconds(90), WINDOW);
        SIMULATOR.faults().always(taking(Duration.ofSeconds(50)));
        assertThat(load().status()).isEqualTo(200);
        assertThat(load().status()).isEqualTo(200);
        WebApiClient.Reply refused = load();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("0x80072321");
        assertThat(refused.message())
                .startsWith("Combined execution time of incoming requests exceeded limit of 90,000 milliseconds");
        assertThat(refused.header("Retry-After")).isEqualTo("250");
        SIMULATOR.clock().advance(Duration.ofSeconds(250));
        assertThat(load().status()).isEqualTo(200);
    }

    @Test
    void requestsBeyondThoseAllowedAtOnceAreThrottled() throws Exception {
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        SIMULATOR.switches().concurrentLimit(2);
        SIMULATOR.faults().next(2, new Callback(() -> {
            inside.countDown();
            untilOpen(goOn);
        }));
        CompletableFuture<WebApiClient.Reply> one = CompletableFuture.supplyAsync(ServiceProtectionTest::load);
        CompletableFuture<WebApiClient.Reply> two = CompletableFuture.supplyAsync(ServiceProtectionTest::load);
        untilOpen(inside);
        WebApiClient.Reply refused = load();
        goOn.countDown();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("0x80072326");
        assertThat(refused.message()).isEqualTo("Number of concurrent requests exceeded the limit of 2.");
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(one.get().status()).isEqualTo(200);
        assertThat(two.get().status()).isEqualTo(200);
        assertThat(load().status()).isEqualTo(200);
    }

    @Test
    void everyAnswerSaysWhatRemainsOfTheLimits() {
        SIMULATOR.switches().serviceProtection();
        WebApiClient.Reply first = load();
        assertThat(first.header(REQUESTS)).isEqualTo("5999");
        assertThat(first.header(TIME)).isEqualTo("1,200.00");
        SIMULATOR.faults().always(taking(Duration.ofSeconds(2)));
        WebApiClient.Reply second = load();
        assertThat(second.header(REQUESTS)).isEqualTo("5998");
        assertThat(second.header(TIME)).isEqualTo("1,198.00");
    }

    @Test
    void aRefusalSaysWhatRemainsTooAndCountsForNothing() {
        SIMULATOR.switches().requestLimit(1, WINDOW);
        assertThat(load().header(REQUESTS)).isEqualTo("0");
        assertThat(SIMULATOR.simulator().throttledRequests()).isZero();
        assertThat(load().header(REQUESTS)).isEqualTo("0");
        assertThat(SIMULATOR.simulator().throttledRequests()).isEqualTo(1);
        SIMULATOR.clock().advance(WINDOW);
        assertThat(load().status()).isEqualTo(200);
    }

    @Test
    void aLimitThatIsSetBeginsWithNothingUsed() {
        SIMULATOR.switches().requestLimit(1, WINDOW);
        assertThat(load().status()).isEqualTo(200);
        SIMULATOR.switches().requestLimit(1, WINDOW);
        assertThat(load().status()).isEqualTo(200);
        assertThat(load().status()).isEqualTo(429);
    }

    @Test
    void withoutALimitNothingIsSaidOfOne() {
        assertThat(load().header(REQUESTS)).isEmpty();
        assertThat(load().header(TIME)).isEmpty();
    }

    @Test
    void whatIsLeftIsNotSaidIfThatIsSet() {
        SIMULATOR.switches().serviceProtection().limitsTold(false);
        assertThat(load().header(REQUESTS)).isEmpty();
        assertThat(load().header(TIME)).isEmpty();
    }

    private static WebApiClient.Reply load() {
        return client().get(LOAD, TRACK);
    }

    private static Fault taking(Duration time) {
        return new Callback(() -> SIMULATOR.clock().advance(time));
    }

    private static void untilOpen(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no request was received");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
