package io.github.cameldataverse.changes.behaviour.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.ManualCommit;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.faults.ServiceUnavailable;
import io.github.cameldataverse.changes.testkit.switches.CallerRights;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a failing consumer writes, and to whom it tells the exception. */
@OverBothApis
class ConsumerLoggingTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();

    @Test
    void aFaultIsOneLineHoweverOftenItIsMetAndTheTraceIsAtDebug() throws Exception {
        try (CapturedLog log = new CapturedLog(ConsumerAccess.LOGGER);
                ConsumerRoute reader =
                        ConsumerRoute.of(simulator, api).table("nosuchtable").start()) {
            await().until(() -> simulator.requests().size() >= 3);
            assertThat(warnings(log))
                    .containsExactly("WARN " + ConsumerAccess.LOGGER + ": nosuchtable/default at "
                            + simulator.organizationUrl()
                            + ": The organization has no table with the logical name or entity set name nosuchtable;"
                            + " check the spelling in the endpoint; stopped, looks again in 1 s");
            await().untilAsserted(() -> assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("DEBUG") && line.contains("\n\tat "))
                    .hasSizeGreaterThanOrEqualTo(2));
        }
    }

    @Test
    void aFaultThatComesBackIsNews() throws Exception {
        try (CapturedLog log = new CapturedLog(ConsumerAccess.LOGGER);
                ConsumerRoute reader = ConsumerRoute.of(simulator, api).start()) {
            for (int time = 1; time <= 2; time++) {
                simulator.switches().caller(CallerRights.USER_READ);
                await().until(() -> reader.word() == Word.FAULTED);
                simulator.switches().caller(CallerRights.ORGANIZATION_READ);
                await().until(() -> reader.word() == Word.UP);
                int all = time;
                await().until(() -> times(log, "up again") == all);
                assertThat(warnings(log)).hasSize(time).allMatch(line -> line.contains("organization level"));
            }
        }
    }

    @Test
    void aFaultThatPassesSaysThatTheNextPollTriesAgain() throws Exception {
        simulator.faults().always(new ServiceUnavailable(503));
        try (CapturedLog log = new CapturedLog(ConsumerAccess.LOGGER);
                ConsumerRoute reader =
                        ConsumerRoute.of(simulator, api).with("maxRetries", 0).start()) {
            await().until(() -> reader.consumer().getErrorCounter() >= 3);
            assertThat(warnings(log)).singleElement().asString().endsWith("; tried again at the next poll");
        }
    }

    @Test
    void aFailureOfTheRouteKeepsItsTraceAndIsToldOnceForAChange() throws Exception {
        simulator.table("account").create(Map.of("name", "refused"));
        List<String> tries = new CopyOnWriteArrayList<>();
        try (CapturedLog log = new CapturedLog(ConsumerAccess.LOGGER);
                ConsumerRoute reader = ConsumerRoute.of(simulator, api).doing(exchange -> {
                    tries.add("");
                    throw new IllegalArgumentException("the route's own words");
                })) {
            reader.start();
            await().until(() -> tries.size() >= 4);
            assertThat(warnings(log))
                    .singleElement()
                    .asString()
                    .contains("did not accept the change ")
                    .contains("\n\tat ");
        }
    }

    @Test
    void aRouteThatFailsOnOneChangeAfterTheOtherIsOneLineAndItIsSaidWhenItIsOver() throws Exception {
        for (int row = 1; row <= 5; row++) {
            simulator.table("account").create(Map.of("name", "row " + row));
        }
        Set<String> tried = ConcurrentHashMap.newKeySet();
        try (CapturedLog log = new CapturedLog(ConsumerAccess.LOGGER);
                ConsumerRoute reader = ConsumerRoute.of(simulator, api).doing(exchange -> {
                    String key = exchange.getMessage().getHeader(DataverseChangesConstants.KEY, String.class);
                    if (tried.add(key)) {
                        throw new IllegalStateException("no room for " + key);
                    }
                })) {
            reader.start();
            await().until(() -> times(log, "up again") == 1);
            assertThat(reader.received()).hasSize(5);
            assertThat(warnings(log))
                    .singleElement()
                    .asString()
                    .contains("did not accept the change ")
                    .contains("\n\tat ");
        }
    }

    @Test
    void aCommitThatIsMissingOnOneChangeAfterTheOtherIsOneLineToo() throws Exception {
        for (int row = 1; row <= 3; row++) {
            simulator.table("account").create(Map.of("name", "row " + row));
        }
        Set<String> tried = ConcurrentHashMap.newKeySet();
        try (CapturedLog log = new CapturedLog(ConsumerAccess.LOGGER);
                ConsumerRoute reader = ConsumerRoute.of(simulator, api)
                        .with("manualCommit", true)
                        .doing(exchange -> {
                            if (!tried.add(
                                    exchange.getMessage().getHeader(DataverseChangesConstants.KEY, String.class))) {
                                exchange.getProperty(DataverseChangesConstants.MANUAL_COMMIT, ManualCommit.class)
                                        .commit();
                            }
                        })) {
            reader.start();
            await().until(() -> times(log, "up again") == 1);
            assertThat(tried).hasSize(3);
            assertThat(warnings(log)).singleElement().asString().contains("did not commit it");
        }
    }

    @Test
    void thatTokensEndWithTheProcessIsSaidOfReadersAndNotOfThoseWhoAsk() throws Exception {
        try (CapturedLog log = new CapturedLog(MemoryDeltaTokenRepository.class.getName());
                ConsumerRoute reader = ConsumerRoute.of(simulator, api)) {
            reader.context().start();
            String token = reader.uri() + "&operation=token";
            assertThat(reader.context().createProducerTemplate().requestBody(token, (Object) null))
                    .isEqualTo(Map.of("stored", false));
            assertThat(log.lines()).isEmpty();
            reader.start();
            await().until(() -> reader.polls() > 2);
            assertThat(log.lines()).singleElement().asString().contains("Delta tokens are held in memory");
        }
    }

    @Test
    @ProvesFault("D1")
    void everyChangeThatIsPassedOverIsNamed() throws Exception {
        String one = simulator.table("account").create(Map.of("name", "one"));
        String two = simulator.table("account").create(Map.of("name", "two"));
        try (CapturedLog log = new CapturedLog(ConsumerAccess.LOGGER);
                ConsumerRoute reader = ConsumerRoute.of(simulator, api)
                        .with("breakOnFirstError", false)
                        .doing(exchange -> {
                            throw new IllegalArgumentException("the same words");
                        })
                        .start()) {
            await().until(() -> reader.word() == Word.UP && reader.polls() >= 2);
            assertThat(warnings(log)).hasSize(2).allMatch(line -> line.contains("is passed over"));
            assertThat(warnings(log).get(0)).contains(one);
            assertThat(warnings(log).get(1)).contains(two);
        }
    }

    /** At the first page of a load nothing is stored that it could go on with. */
    @Test
    @ProvesFault({"C3", "C8", "C9"})
    void aReaderThatGoesOnSaysWithWhichPageOfWhichRound() throws Exception {
        for (int row = 1; row <= 6; row++) {
            simulator.table("account").create(Map.of("name", "row " + row));
        }
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
        String load = startLineOf(tokens, 1);
        assertThat(load).contains(": beginning round ").endsWith(", a full load (initial load)");
        assertThat(startLineOf(tokens, 2)).contains(": beginning round ");
        String round = load.replaceFirst(".*beginning round (\\d+),.*", "$1");
        assertThat(startLineOf(tokens, 2))
                .contains(": resuming round " + round + " (initial load) at page 2, link obtained ");
        assertThat(startLineOf(tokens, 99)).contains(": resuming round " + round + " (initial load) at page 3, ");
        assertThat(startLineOf(tokens, 99)).containsPattern(": resuming round \\d+ \\(changes\\) at page 1, ");
    }

    /** A reader that reads pages of two, and whose route fails behind so many changes, if there are as many. */
    private String startLineOf(MemoryDeltaTokenRepository tokens, int accepted) throws Exception {
        try (CapturedLog log = new CapturedLog(ConsumerAccess.LOGGER);
                ConsumerRoute reader =
                        ConsumerRoute.of(simulator, api).with("maxPageSize", 2).with("idempotentRepository", tokens)) {
            reader.doing(exchange -> {
                        if (reader.received().size() == accepted) {
                            throw new IllegalStateException("enough");
                        }
                    })
                    .start();
            await().until(() -> accepted < 99
                    ? reader.word() == Word.POISONED
                    : reader.polls() > 0 && reader.checkpoint().roundLink() != null);
            return log.lines().stream()
                    .filter(line -> line.startsWith("INFO"))
                    .findFirst()
                    .orElse("");
        }
    }

    @Test
    void aPollStrategyAndAnExceptionHandlerOfTheUserAreToldAtEveryFailedPoll() throws Exception {
        List<Throwable> rolledBack = new CopyOnWriteArrayList<>();
        List<Throwable> handled = new CopyOnWriteArrayList<>();
        try (CapturedLog log = new CapturedLog(ConsumerAccess.LOGGER);
                ConsumerRoute reader = ConsumerRoute.of(simulator, api)
                        .table("nosuchtable")
                        .with("pollStrategy", new Strategy(rolledBack))
                        .with("exceptionHandler", new Handler(handled))
                        .start()) {
            await().until(() -> handled.size() >= 2 && rolledBack.size() >= 2);
            assertThat(reader.word()).isEqualTo(Word.FAULTED);
            assertThat(handled).hasOnlyElementsOfType(ServiceFault.Permanent.class);
            assertThat(rolledBack).hasOnlyElementsOfType(ServiceFault.Permanent.class);
            assertThat(warnings(log)).isEmpty();
        }
    }

    @Test
    void theBridgeTakesTheExceptionToTheErrorHandlerOfTheRoute() throws Exception {
        List<Throwable> caught = new CopyOnWriteArrayList<>();
        try (ConsumerRoute reader = ConsumerRoute.of(simulator, api)
                .table("nosuchtable")
                .with("bridgeErrorHandler", true)
                .handlingErrors(builder -> builder.onException(ServiceFault.class)
                        .handled(true)
                        .process(exchange ->
                                caught.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class))))
                .start()) {
            await().until(() -> caught.size() >= 2);
            assertThat(caught).hasOnlyElementsOfType(ServiceFault.Permanent.class);
            assertThat(reader.received()).isEmpty();
        }
    }

    /** Without the one that a first start has anyway. */
    private static List<String> warnings(CapturedLog log) {
        return log.lines().stream()
                .filter(line -> line.startsWith("WARN") && !line.contains("No delta token is stored"))
                .toList();
    }

    private static long times(CapturedLog log, String words) {
        return log.lines().stream().filter(line -> line.contains(words)).count();
    }

    private static final class Strategy extends DefaultPollingConsumerPollStrategy {

        private final List<Throwable> told;

        Strategy(List<Throwable> told) {
            this.told = told;
        }

        @Override
        public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception e) {
            told.add(e);
            return false;
        }
    }

    private record Handler(List<Throwable> told) implements ExceptionHandler {

        @Override
        public void handleException(Throwable exception) {
            told.add(exception);
        }

        @Override
        public void handleException(String message, Throwable exception) {
            told.add(exception);
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            told.add(exception);
        }
    }
}
