package io.github.cameldataverse.changes.behaviour.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldataverse.changes.api.FullLoadGuard;
import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenProvider;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OtherFrameworksMapper;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The only bean of a type of this component's own is used without being named; Jackson's mapper is not. */
class BeansOfTheRegistryTest {

    private final DataverseSimulator simulator = DataverseSimulator.start();
    private final CapturedLog log = new CapturedLog("io.github.cameldataverse.changes.internal.subscription");

    @AfterEach
    void close() {
        log.close();
        simulator.close();
    }

    @Test
    void theOnlyTokenRepositoryHoldsTheTokens() throws Exception {
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
        try (ConsumerRoute reader = reader()) {
            reader.context().getRegistry().bind("tokens", tokens);
            reader.start();

            await().until(() -> tokens.getTokenCount() == 1);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("INFO")
                    .contains(
                            "dataverse-changes:account: uses the only DeltaTokenRepository of the registry, of the class"
                                    + " MemoryDeltaTokenRepository, because idempotentRepository names none");
        }
    }

    @Test
    void ofTwoTokenRepositoriesOneHasToBeNamed() throws Exception {
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
        try (ConsumerRoute reader = reader()) {
            reader.context().getRegistry().bind("tokens", tokens);
            reader.context().getRegistry().bind("others", new MemoryDeltaTokenRepository());

            assertThat(rootOf(catchThrowable(reader::start)))
                    .hasMessage("The registry has 2 beans of the type DeltaTokenRepository; name the one to use:"
                            + " idempotentRepository=#bean:<name>");
        }
        try (ConsumerRoute reader = reader().with("idempotentRepository", "#bean:tokens")) {
            reader.context().getRegistry().bind("tokens", tokens);
            reader.context().getRegistry().bind("others", new MemoryDeltaTokenRepository());
            reader.start();

            await().until(() -> tokens.getTokenCount() == 1);
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void theOnlyProviderOfTokensSignsInWhereNoOptionDoes() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        AccessTokenProvider provider = resource -> {
            asked.incrementAndGet();
            return new AccessToken("demo", Instant.MAX);
        };
        try (ConsumerRoute reader = reader()) {
            reader.context().getRegistry().bind("signIn", provider);
            reader.start();
            await().until(() -> reader.checkpoint() != null);
            assertThat(asked).hasValue(0);
        }
        try (ConsumerRoute reader = reader().without("accessToken")) {
            reader.context().getRegistry().bind("signIn", provider);
            reader.start();
            await().until(() -> reader.checkpoint() != null);
            assertThat(asked).hasPositiveValue();
        }
    }

    @Test
    void theOnlyGuardGuardsTheFullLoad() throws Exception {
        FullLoadGuard guard = load -> Optional.of("not on a Friday");
        simulator.table("account").create(Map.of("name", "Contoso"));
        try (ConsumerRoute reader = reader()) {
            reader.context().getRegistry().bind("guard", guard);
            reader.start();

            await().until(() -> reader.message().contains("not on a Friday"));
            assertThat(reader.received()).isEmpty();
        }
    }

    @Test
    void aProducerDoesNotAskForAGuard() throws Exception {
        try (ConsumerRoute reader = reader()) {
            FullLoadGuard guard = load -> Optional.empty();
            FullLoadGuard another = load -> Optional.empty();
            reader.context().getRegistry().bind("guard", guard);
            reader.context().getRegistry().bind("another", another);
            reader.context().start();

            Map<?, ?> token = reader.context()
                    .createProducerTemplate()
                    .requestBody(reader.uri() + "&operation=token", (Object) null, Map.class);

            assertThat(token).isEqualTo(Map.of("stored", false));
        }
    }

    @ParameterizedTest
    @CsvSource({"false, '', false", "true, '', true", "false, #bean:theirs, true"})
    void anObjectMapperIsOnlyTakenIfAskedForAndIsExactThen(boolean discovered, String named, boolean taken)
            throws Exception {
        CopiedMapper theirs = new CopiedMapper();
        simulator.table("account").create(Map.of("name", "Contoso", "revenue", new BigDecimal("10.0000")));
        try (ConsumerRoute reader = reader().with("bodyType", "map")
                .with("select", "revenue,fax")
                .with("autoDiscoverObjectMapper", discovered)) {
            reader.context().getRegistry().bind("theirs", theirs);
            if (!named.isEmpty()) {
                reader.with("objectMapper", named);
            }
            reader.start();

            await().until(() -> reader.received().size() == 1);
            Map<?, ?> row = (Map<?, ?>) reader.received().get(0).body();
            assertThat(row.get("revenue")).isEqualTo(new BigDecimal("10.0000"));
            assertThat(row.containsKey("fax")).isTrue();
            assertThat(theirs.copies.get() > 0).isEqualTo(taken);
        }
    }

    /** Counts how often it was taken: the component works with a copy. */
    private static final class CopiedMapper extends ObjectMapper {

        private static final long serialVersionUID = 1L;

        private final transient AtomicInteger copies = new AtomicInteger();

        @Override
        public ObjectMapper copy() {
            copies.incrementAndGet();
            return OtherFrameworksMapper.likeThatOfQuarkus();
        }
    }

    @Test
    void ofTwoObjectMappersOneHasToBeNamed() throws Exception {
        try (ConsumerRoute reader = reader().with("autoDiscoverObjectMapper", true)) {
            reader.context().getRegistry().bind("theirs", OtherFrameworksMapper.likeThatOfQuarkus());
            reader.context().getRegistry().bind("another", new ObjectMapper());

            assertThat(rootOf(catchThrowable(reader::start)))
                    .hasMessage("The registry has 2 beans of the type ObjectMapper; name the one to use:"
                            + " objectMapper=#bean:<name>");
        }
    }

    private ConsumerRoute reader() {
        return ConsumerRoute.of(simulator);
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
