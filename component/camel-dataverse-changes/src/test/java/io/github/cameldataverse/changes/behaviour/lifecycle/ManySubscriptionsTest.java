package io.github.cameldataverse.changes.behaviour.lifecycle;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.LeakCheck;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many readers in one context: a thread for each, and a handful for all. */
class ManySubscriptionsTest {

    private static final int SUBSCRIPTIONS = 40;
    /** Two that watch over the deadlines of all requests. */
    private static final int SHARED = 2;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final Map<String, AtomicInteger> idlePolls = new ConcurrentHashMap<>();

    @Test
    @ProvesFault("L5")
    void eachHasAThreadOfItsOwnAndNoMore() throws Exception {
        accountsIn(simulator.table("account"), 1);
        try (CamelContext context = new DefaultCamelContext()) {
            context.disableJMX();
            for (int reader = 0; reader < SUBSCRIPTIONS; reader++) {
                context.addRoutes(idling("reader-" + reader));
            }
            context.start();
            await().until(() -> idlePolls.size() == SUBSCRIPTIONS
                    && idlePolls.values().stream().allMatch(polls -> polls.get() >= 2));

            assertThat(LeakCheck.threads())
                    .hasSizeGreaterThanOrEqualTo(SUBSCRIPTIONS)
                    .hasSizeLessThanOrEqualTo(SUBSCRIPTIONS + SHARED);
        }
        await().untilAsserted(() -> assertThat(LeakCheck.threads()).isEmpty());
    }

    private RouteBuilder idling(String subscription) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("dataverse-changes:account?organizationUrl=" + simulator.organizationUrl()
                                + "&accessToken=demo&allowInsecure=true&initialDelay=0&delay=20"
                                + "&sendEmptyMessageWhenIdle=true&subscription=" + subscription)
                        .filter(body().isNull())
                        .process(exchange -> idlePolls
                                .computeIfAbsent(subscription, any -> new AtomicInteger())
                                .incrementAndGet());
            }
        };
    }
}
