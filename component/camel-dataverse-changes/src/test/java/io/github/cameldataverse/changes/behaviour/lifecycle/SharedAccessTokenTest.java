package io.github.cameldataverse.changes.behaviour.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenProvider;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routes that sign in alike have one access token: four of them asked the sign-in service four times at the start. */
@Timeout(60)
@OverBothApis
class SharedAccessTokenTest {

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private static final List<String> TABLES = List.of("account", "contact");

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final CamelContext context = new DefaultCamelContext();
    private final Set<String> arrived = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void fill() {
        simulator.table("account").create(Map.of("name", "Contoso"));
        simulator.table("contact").create(Map.of("fullname", "Maria"));
    }

    @AfterEach
    void close() {
        context.stop();
    }

    private void read(AccessTokenProvider provider, String... subscriptions) throws Exception {
        context.getRegistry().bind("provider", provider);
        for (String table : TABLES) {
            for (String subscription : subscriptions) {
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("dataverse-changes:" + table + "?organizationUrl=" + simulator.organizationUrl()
                                        + "&allowInsecure=true&accessTokenProvider=#bean:provider&delay=20&initialDelay=0"
                                        + "&subscription=" + subscription + "&api=" + OverBothApis.API.word())
                                .process(exchange -> arrived.add(table + subscription));
                    }
                });
            }
        }
        context.start();
    }

    @Test
    void fourRoutesAskForOneToken() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        read(
                resource -> {
                    asked.incrementAndGet();
                    return new AccessToken("demo", Instant.MAX);
                },
                "one",
                "two");
        await().atMost(30, TimeUnit.SECONDS).until(() -> arrived.size() == 4);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aSignInThatHangsDoesNotHoldTheOtherRoutesUp() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch over = new CountDownLatch(1);
        try {
            read(
                    resource -> {
                        if (asked.incrementAndGet() == 1) {
                            awaited(over);
                        }
                        return new AccessToken("demo", Instant.MAX);
                    },
                    "one");
            await().atMost(30, TimeUnit.SECONDS).until(() -> arrived.size() == 1);
            assertThat(asked).hasValue(2);
        } finally {
            over.countDown();
        }
        await().atMost(30, TimeUnit.SECONDS).until(() -> arrived.size() == 2);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(50, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
