package io.github.cameldataverse.changes;

import static io.github.cameldataverse.changes.Rows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.Standing.Word;
import io.github.cameldataverse.changes.source.Api;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.DuplicatePage;
import io.github.cameldataverse.changes.testkit.faults.TokenExpired;
import io.github.cameldataverse.changes.testkit.model.StandardTables;
import io.github.cameldataverse.changes.testkit.switches.Watermark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rounds that the service, a writer or the route disturbs in the middle. */
@OverBothApis
class ConsumerRoundTest {

    private final Api api = OverBothApis.API;

    private final DataverseSimulator simulator = DataverseSimulator.start();
    private final SimulatedTable accounts = simulator.table("account");

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Reader reader() {
        return Reader.of(simulator, api);
    }

    @Test
    @Fault("P6")
    void aTokenRefusedAtTheThirdOfSevenPagesSendsTheReaderBackToTheStartOfItsRound() throws Exception {
        List<String> ids = accountsIn(accounts, 21);
        try (Reader reader = reader().with("maxPageSize", 3).start()) {
            await().until(() -> reader.received().size() == 21);
            reader.whileSuspended(() -> {
                ids.forEach(id -> accounts.update(id, Map.of("name", "new")));
                simulator.forgetRequests();
                simulator.faults().whereAsked(Asking::forANextPage).onNth(2, new TokenExpired());
            });
            await().until(() -> reader.keys().stream().distinct().count() == 42 && reader.word() == Word.UP);
            assertThat(reader.types()).containsOnly("upsert");
            assertThat(reader.received()).hasSize(42 + 6);
            List<String> starts = simulator.requests().stream()
                    .filter(Asking::forTheStartOfARound)
                    .map(Asking::text)
                    .toList();
            assertThat(starts.get(1)).as("the link of the round, once more").isEqualTo(starts.get(0));
        }
    }

    @Test
    @Fault("P6")
    void ifTheStartOfItsRoundIsRefusedTooTheReaderStops() throws Exception {
        List<String> ids = accountsIn(accounts, 21);
        AtomicBoolean refused = new AtomicBoolean();
        try (Reader reader = reader().with("maxPageSize", 3).start()) {
            await().until(() -> reader.received().size() == 21);
            reader.whileSuspended(() -> {
                ids.forEach(id -> accounts.update(id, Map.of("name", "new")));
                simulator.faults().whereAsked(Asking::forANextPage).onNth(2, (question, proper) -> {
                    refused.set(true);
                    return new TokenExpired().strike(question, proper);
                });
                simulator
                        .faults()
                        .whereAsked(Asking::forTheStartOfARound)
                        .always((question, proper) ->
                                refused.get() ? new TokenExpired().strike(question, proper) : proper.get());
            });
            await().until(() -> reader.word() == Word.EXPIRED);
            assertThat(reader.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(reader.received()).hasSize(21 + 6);
        }
    }

    @Test
    @Fault("P11")
    void rowsThatStandInTwoPagesComeTwiceAtMostAndWithTheSameKey() throws Exception {
        List<String> ids = accountsIn(accounts, 9);
        simulator.switches().rowRepeatedAcrossPages(true);
        try (Reader reader = reader().with("maxPageSize", 3).start()) {
            await().until(() -> reader.keys().stream().distinct().count() == 9 && reader.polls() > 2);
            assertThat(reader.received()).hasSizeBetween(10, 13);
            assertThat(reader.received().stream().map(Reader.Received::id).distinct())
                    .containsExactlyElementsOf(ids);
        }
    }

    @Test
    @Fault("P11")
    void aPageThatIsServedForTheNextOneIsRefusedAndNothingOfItComesTwice() throws Exception {
        accountsIn(accounts, 9);
        simulator.faults().whereAsked(Asking::forRows).next(2, new DuplicatePage());
        try (Reader reader = reader().with("maxPageSize", 3).start()) {
            await().until(() -> reader.received().size() == 9 && reader.word() == Word.UP);
            assertThat(simulator.faults().struck()).isEqualTo(2);
            assertThat(reader.keys()).doesNotHaveDuplicates();
        }
    }

    @Test
    @Fault("P14")
    void whatChangesDuringALoadComesInTheLoadOrInTheFirstDelta() throws Exception {
        List<String> ids = accountsIn(accounts, 9);
        try (Reader reader = disturbedAtTheFifth(ids).start()) {
            await().until(() -> deliveredState(reader).equals(tableState()));
            assertThat(reader.received().stream().map(Reader.Received::type)).contains("delete");
        }
    }

    /** Nobody documents where the token of a load begins. If it began at its end, this is what would be missing. */
    @Test
    @Fault("P14")
    void aTokenThatBeginsAtTheEndOfALoadIsSeenToLoseWhatChangedDuringIt() throws Exception {
        List<String> ids = accountsIn(accounts, 9);
        simulator.switches().watermark(Watermark.LAST_PAGE);
        try (Reader reader = disturbedAtTheFifth(ids).start()) {
            await().until(() -> reader.consumer().checkpoint() != null
                    && reader.consumer().checkpoint().round() > 2);
            assertThat(deliveredState(reader)).isNotEqualTo(tableState());
        }
    }

    private Reader disturbedAtTheFifth(List<String> ids) {
        AtomicInteger arrived = new AtomicInteger();
        return reader().with("maxPageSize", 3).doing(exchange -> {
            if (arrived.incrementAndGet() == 5) {
                accounts.update(ids.get(0), Map.of("name", "changed after it was served"));
                accounts.update(ids.get(8), Map.of("name", "changed before it is served"));
                accounts.delete(ids.get(1));
                accounts.delete(ids.get(7));
                accounts.create(Map.of("name", "new"));
            }
        });
    }

    /** Versions by id, as a sink would have them. */
    private static Map<String, Object> deliveredState(Reader reader) {
        Map<String, Object> state = new HashMap<>();
        for (Reader.Received each : reader.received()) {
            if ("delete".equals(each.type())) {
                state.remove(each.id());
            } else {
                state.put(each.id(), each.headers().get(DataverseChangesConstants.VERSION));
            }
        }
        return state;
    }

    private Map<String, Object> tableState() {
        Map<String, Object> state = new HashMap<>();
        accounts.rows().keySet().forEach(id -> state.put(id, accounts.version(id)));
        return state;
    }

    @Test
    @Fault("P16")
    void aColumnThatIsDroppedBetweenTwoRoundsIsNamedAndThePollsGoOnSlowly() throws Exception {
        accountsIn(accounts, 2);
        try (Reader reader = reader().with("select", "name,fax").start()) {
            await().until(() -> reader.received().size() == 2);
            simulator.define(StandardTables.account().without("fax"));
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("fax");
            int asked = simulator.requests().size();
            long polls = reader.polls();
            await().until(() -> reader.polls() >= polls + 5);
            assertThat(simulator.requests().size() - asked).isLessThan(3);
            simulator.define(StandardTables.account());
            accountsIn(accounts, 1);
            await().until(() -> reader.received().size() == 3);
            assertThat(reader.keys()).doesNotHaveDuplicates();
        }
    }

    @Test
    @Fault("D2")
    void aPoisonInTheMiddleIsRedeliveredAsOftenAsTheRouteSaysAndTheOnesBeforeItAreNot() throws Exception {
        List<String> ids = accountsIn(accounts, 5);
        AtomicBoolean poison = new AtomicBoolean(true);
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch tried = new CountDownLatch(6);
        try (Reader reader = reader().handlingErrors(builder -> builder.errorHandler(
                        builder.defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0)))
                .doing(exchange -> {
                    Object id = exchange.getMessage().getHeader(DataverseChangesConstants.ID);
                    if (poison.get() && ids.get(2).equals(id)) {
                        attempts.incrementAndGet();
                        tried.countDown();
                        throw new IllegalStateException("poison");
                    }
                })
                .start()) {
            tried.await();
            await().until(() -> reader.word() == Word.POISONED);
            assertThat(reader.message()).contains(ids.get(2));
            assertThat(reader.received()).extracting(Reader.Received::id).containsExactly(ids.get(0), ids.get(1));
            reader.context().getRouteController().suspendRoute(Reader.ROUTE);
            assertThat(attempts.get() % 3).as("three attempts at each poll").isZero();
            poison.set(false);
            reader.context().getRouteController().resumeRoute(Reader.ROUTE);
            await().until(() -> reader.received().size() == 5);
            assertThat(reader.received()).extracting(Reader.Received::id).containsExactlyElementsOf(ids);
        }
    }
}
