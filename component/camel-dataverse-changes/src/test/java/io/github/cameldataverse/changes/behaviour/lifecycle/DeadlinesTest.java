package io.github.cameldataverse.changes.behaviour.lifecycle;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.network.SilentAfter;
import io.github.cameldataverse.changes.harness.network.TcpProxy;
import io.github.cameldataverse.changes.internal.http.Deadlines;
import io.github.cameldataverse.changes.preflight.Preflight;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No request is without a deadline, whoever shares the threads that watch over it. */
class DeadlinesTest {

    private static final String SECRET = "token-of-the-reader";

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();

    @Test
    @ProvesFault("N7")
    void aReaderThatOutlivesAStopOfTheComponentKeepsItsDeadlines() throws Exception {
        accountsIn(simulator.table("account"), 3);
        try (TcpProxy proxy = new TcpProxy(simulator.organizationUrl());
                ConsumerRoute reader = ConsumerRoute.of(proxy.origin())
                        .with("allowInsecure", true)
                        .with("accessToken", "demo")
                        .with("requestTimeout", 400)
                        .with("maxRetries", 0)
                        .start()) {
            await().until(() -> reader.received().size() == 3);
            reader.context().getComponent("dataverse-changes").stop();
            reader.context().getComponent("dataverse-changes").start();

            proxy.with(new SilentAfter(10));

            await().until(() -> reader.message().contains("no whole answer within 400 ms"));
        }
    }

    @Test
    @ProvesFault("N7")
    void theDefaultProfileOfTheContextBoundsNoDeadlines() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.getExecutorServiceManager().getDefaultThreadPoolProfile().setMaxQueueSize(2);
            context.start();
            ScheduledExecutorService deadlines = Deadlines.pool(context, this);
            for (int request = 0; request < 5_000; request++) {
                Future<?> deadline = deadlines.schedule(() -> {}, 1, TimeUnit.HOURS);
                assertThat(deadline.isDone()).isFalse();
            }

            context.getExecutorServiceManager().shutdownNow(deadlines);

            assertThatThrownBy(() -> deadlines.schedule(() -> {}, 1, TimeUnit.HOURS))
                    .isInstanceOf(RejectedExecutionException.class);
        }
    }

    /** Camel names a pool after a source that is a text, in JMX and in its log. */
    @Test
    @ProvesFault("S18")
    void noPoolOfAPreflightIsNamedAfterTheUri() throws Exception {
        List<String> pools = new CopyOnWriteArrayList<>();
        try (ConsumerRoute reader = ConsumerRoute.of(simulator).with("accessToken", SECRET)) {
            reader.context().addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onThreadPoolAdd(
                        CamelContext context,
                        ThreadPoolExecutor pool,
                        String id,
                        String source,
                        String route,
                        String profile) {
                    pools.add(id + " " + source);
                }
            });
            reader.context().start();

            int unused = Preflight.run(
                    reader.context(), reader.uri(), new PrintStream(OutputStream.nullOutputStream(), true));
        }
        assertThat(pools).anyMatch(pool -> pool.contains("Preflight")).noneMatch(pool -> pool.contains(SECRET));
    }
}
