package io.github.cameldataverse.changes.token.memory;

import static io.github.cameldataverse.changes.harness.SampleCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.token.KnownIds;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemoryDeltaTokenRepositoryTest {

    private final MemoryDeltaTokenRepository repository = new MemoryDeltaTokenRepository();

    @BeforeEach
    void start() {
        repository.start();
    }

    @Test
    void theCamelContextMayStopAndStartAndTheTokenStays() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("tokens", repository);
            camel.addService(repository, true);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in")
                            .routeId("in")
                            .idempotentConsumer(body())
                            .idempotentRepository("tokens")
                            .to("mock:out");
                }
            });
            camel.start();
            camel.createProducerTemplate().sendBody("direct:in", "once");
            repository.advance(ACCOUNTS, 0, SampleCheckpoints.first());
            camel.getRouteController().stopRoute("in");
            camel.getRouteController().startRoute("in");
            assertThat(repository.load(ACCOUNTS)).isPresent();
        }
        assertThat(repository.load(ACCOUNTS)).isPresent();
        assertThat(repository.contains("once")).isTrue();
    }

    @Test
    void theOldestPlainKeyGoesWhenTheLimitIsReached() {
        repository.setMaxKeys(2);
        repository.add("a");
        repository.add("b");
        repository.add("c");
        assertThat(repository.contains("a")).isFalse();
        assertThat(repository.contains("b")).isTrue();
        assertThat(repository.contains("c")).isTrue();
        assertThat(repository.getKeyCount()).isEqualTo(2);
    }

    @Test
    void aLimitOfNoKeyAtAllIsRefused() {
        assertThatThrownBy(() -> repository.setMaxKeys(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxKeys must be 1 or more, not 0.");
    }

    /** A route that commits by itself asks for each exchange. */
    @Test
    void askingForAFewKnownIdsCopiesNotAllOfThem() {
        KnownIds known = repository.knownIds(ACCOUNTS).orElseThrow();
        known.begin();
        known.expect(0, 1, IntStream.range(0, 100_000).mapToObj(i -> "id-" + i).toList());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            assertThat(known.rounds(List.of("id-7", "never there")).get("id-7")).isEqualTo(1);
            known.rounds(List.of());
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10 << 20);
    }
}
