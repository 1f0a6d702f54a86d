package io.github.cameldataverse.changes.behaviour.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.FullLoadGuard;
import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenProvider;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OtherFrameworksMapper;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.ProducerTemplate;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    @Test
    void ofTwoGuardsNoneIsTaken() throws Exception {
        FullLoadGuard guard = load -> Optional.of("not on a Friday");
        FullLoadGuard another = load -> Optional.of("not on a Monday");
        simulator.table("account").create(Map.of("name", "Contoso"));
        try (ConsumerRoute reader = reader()) {
            reader.context().getRegistry().bind("guard", guard);
            reader.context().getRegistry().bind("another", another);
            reader.start();

            await().until(() -> reader.received().size() == 1);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("INFO")
                    .contains("dataverse-changes:account: uses none of the 2 beans of the type FullLoadGuard in the"
                            + " registry; name the one to use: fullLoadGuard=#bean:<name>");
        }
    }

    @Test
    void ofTwoProvidersOfTokensNoneIsTaken() throws Exception {
        AccessTokenProvider provider = resource -> new AccessToken("demo", Instant.MAX);
        AccessTokenProvider another = resource -> new AccessToken("demo", Instant.MAX);
        try (ConsumerRoute reader = reader().without("accessToken")) {
            reader.context().getRegistry().bind("signIn", provider);
            reader.context().getRegistry().bind("another", another);

            assertThat(rootOf(catchThrowable(reader::start)))
                    .hasMessageStartingWith("Choose one way to sign in: ")
                    .hasMessageEndingWith("none is given");
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains(
                            "uses none of the 2 beans of the type AccessTokenProvider in the registry; name the one to"
                                    + " use: accessTokenProvider=#bean:<name>");
        }
    }

    @ParameterizedTest
    @CsvSource({"tables", "dates"})
    void anOperationWithoutTokensNeedsNoRepository(String operation, @TempDir Path directory) throws Exception {
        Path noDirectory = Files.createFile(directory.resolve("file"));
        try (ConsumerRoute reader = reader()) {
            reader.context().getRegistry().bind("unfit", new FileDeltaTokenRepository(noDirectory));
            reader.context().start();

            assertThat(asked(reader, operation, null)).isNotNull();
            assertThat(rootOf(catchThrowable(() -> asked(reader, operation, "token"))))
                    .hasMessageContaining(noDirectory.toString());

            reader.context().getRegistry().bind("others", new MemoryDeltaTokenRepository());
            assertThat(asked(reader, operation + "&confirm=true", null)).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"token, ", "tables, token"})
    void anOperationOnTokensTakesTheOnlyRepository(String operation, String header) throws Exception {
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
        try (ConsumerRoute reader = reader()) {
            reader.context().getRegistry().bind("tokens", tokens);
            reader.start();
            await().until(() -> tokens.getTokenCount() == 1);

            assertThat(asked(reader, operation, header))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("stored", true);
        }
    }

    @ParameterizedTest
    @CsvSource({"token, ", "count, ", "resync, ", "tables, token"})
    void anOperationOnTokensAsksWhichOfTwoRepositories(String operation, String header) throws Exception {
        try (ConsumerRoute reader = reader()) {
            reader.context().getRegistry().bind("tokens", new MemoryDeltaTokenRepository());
            reader.context().getRegistry().bind("others", new MemoryDeltaTokenRepository());
            reader.context().start();

            assertThat(rootOf(catchThrowable(() -> asked(reader, operation, header))))
                    .hasMessage("The registry has 2 beans of the type DeltaTokenRepository; name the one to use:"
                            + " idempotentRepository=#bean:<name>");
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

    private static Object asked(ConsumerRoute reader, String operation, String header) throws Exception {
        try (ProducerTemplate template = reader.context().createProducerTemplate()) {
            return template.requestBodyAndHeader(
                    reader.uri() + "&operation=" + operation, null, DataverseChangesConstants.OPERATION, header);
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
