package io.github.cameldataverse.changes.behaviour.round;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.DuplicatePage;
import io.github.cameldataverse.changes.testkit.faults.TokenExpired;
import io.github.cameldataverse.changes.testkit.switches.Watermark;
import io.github.cameldataverse.changes.testkit.table.StandardTables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rounds that the service, a writer or the route disturbs in the middle. */
@OverBothApis
class DisturbedRoundTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");

    private ConsumerRoute reader() {
        return ConsumerRoute.of(simulator, api);
    }

    @Test
    @ProvesFault("P6")
    void aTokenRefusedAtTheThirdOfSevenPagesSendsTheReaderBackToTheStartOfItsRound() throws Exception {
        List<String> ids = accountsIn(accounts, 21);
        try (ConsumerRoute reader = reader().with("maxPageSize", 3).start()) {
            await().until(() -> reader.received().size() == 21);
            reader.whileSuspended(() -> {
                ids.forEach(id -> accounts.update(id, Map.of("name", "new")));
                simulator.forgetRequests();
                simulator.faults().whereRequest(RequestKind::forANextPage).onNth(2, new TokenExpired());
            });
            await().until(() -> reader.keys().stream().distinct().count() == 42 && reader.word() == Word.UP);
            assertThat(reader.types()).containsOnly("upsert");
            assertThat(reader.received()).hasSize(42 + 6);
            List<String> starts = simulator.requests().stream()
                    .filter(RequestKind::forTheStartOfARound)
                    .map(RequestKind::text)
                    .toList();
            assertThat(starts.get(1)).as("the link of the round, once more").isEqualTo(starts.get(0));
        }
    }

    @Test
    @ProvesFault("P6")
    void ifTheStartOfItsRoundIsRefusedTooTheReaderStops() throws Exception {
        List<String> ids = accountsIn(accounts, 21);
        AtomicBoolean refused = new AtomicBoolean();
        try (ConsumerRoute reader = reader().with("maxPageSize", 3).start()) {
            await().until(() -> reader.received().size() == 21);
            reader.whileSuspended(() -> {
                ids.forEach(id -> accounts.update(id, Map.of("name", "new")));
                simulator.faults().whereRequest(RequestKind::forANextPage).onNth(2, (question, proper) -> {
                    refused.set(true);
                    return new TokenExpired().inject(question, proper);
                });
                simulator
                        .faults()
                        .whereRequest(RequestKind::forTheStartOfARound)
                        .always((question, proper) ->
                                refused.get() ? new TokenExpired().inject(question, proper) : proper.get());
            });
            await().until(() -> reader.word() == Word.EXPIRED);
            assertThat(reader.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(reader.received()).hasSize(21 + 6);
        }
    }

    @Test
    @ProvesFault("P11")
    void rowsThatStandInTwoPagesComeTwiceAtMostAndWithTheSameKey() throws Exception {
        List<String> ids = accountsIn(accounts, 9);
        simulator.switches().rowRepeatedAcrossPages(true);
        try (ConsumerRoute reader = reader().with("maxPageSize", 3).start()) {
            await().until(() -> reader.keys().stream().distinct().count() == 9 && reader.polls() > 2);
            assertThat(reader.received()).hasSizeBetween(10, 13);
            assertThat(reader.received().stream()
                            .map(ConsumerRoute.Received::id)
                            .distinct())
                    .containsExactlyElementsOf(ids);
        }
    }

    @Test
    @ProvesFault("P11")
    void aPageThatIsServedForTheNextOneIsRefusedAndNothingOfItComesTwice() throws Exception {
        accountsIn(accounts, 9);
        simulator.faults().whereRequest(RequestKind::forRows).next(new DuplicatePage());
        try (ConsumerRoute reader = reader().with("maxPageSize", 3).start()) {
            await().until(() -> reader.received().size() == 9 && reader.word() == Word.UP);
            assertThat(simulator.faults().injected()).isEqualTo(1);
            assertThat(reader.keys()).doesNotHaveDuplicates();
        }
    }

    @Test
    @ProvesFault("P14")
    void whatChangesDuringALoadComesInTheLoadOrInTheFirstDelta() throws Exception {
        List<String> ids = accountsIn(accounts, 9);
        try (ConsumerRoute reader = disturbedAtTheFifth(ids).start()) {
            await().until(() -> deliveredState(reader).equals(tableState()));
            assertThat(reader.received().stream().map(ConsumerRoute.Received::type))
                    .contains("delete");
        }
    }

    /** It is not documented where the token of a load begins. If it began at its end, this is what would be missing. */
    @Test
    @ProvesFault("P14")
    void aTokenThatBeginsAtTheEndOfALoadIsSeenToLoseWhatChangedDuringIt() throws Exception {
        List<String> ids = accountsIn(accounts, 9);
        simulator.switches().watermark(Watermark.LAST_PAGE);
        try (ConsumerRoute reader = disturbedAtTheFifth(ids).start()) {
            await().until(() ->
                    reader.received().size() > 0 && reader.checkpoint().round() > firstRound(reader) + 1);
            assertThat(deliveredState(reader)).isNotEqualTo(tableState());
        }
    }

    private static long firstRound(ConsumerRoute reader) {
        return (Long) reader.received().get(0).headers().get(DataverseChangesConstants.ROUND);
    }

    private ConsumerRoute disturbedAtTheFifth(List<String> ids) {
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
    private static Map<String, Object> deliveredState(ConsumerRoute reader) {
        Map<String, Object> state = new HashMap<>();
        for (ConsumerRoute.Received each : reader.received()) {
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
    @ProvesFault("P16")
    void aColumnThatIsDroppedBetweenTwoRoundsIsNamedAndThePollsGoOnSlowly() throws Exception {
        accountsIn(accounts, 2);
        // What a person has to mend is looked at again after ten delays: after more than the five polls take.
        try (ConsumerRoute reader =
                reader().with("select", "name,fax").with("delay", 250).start()) {
            await().until(() -> reader.received().size() == 2);
            simulator.define(StandardTables.account().without("fax"));
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("fax").contains("Check the option select");
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
    @ProvesFault("D2")
    void aPoisonInTheMiddleIsRedeliveredAsOftenAsTheRouteSaysAndTheOnesBeforeItAreNot() throws Exception {
        List<String> ids = accountsIn(accounts, 5);
        AtomicBoolean poison = new AtomicBoolean(true);
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch tried = new CountDownLatch(6);
        try (ConsumerRoute reader = reader().handlingErrors(builder -> builder.errorHandler(
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
            assertThat(reader.received())
                    .extracting(ConsumerRoute.Received::id)
                    .containsExactly(ids.get(0), ids.get(1));
            reader.context().getRouteController().suspendRoute(ConsumerRoute.ROUTE);
            assertThat(attempts.get() % 3).as("three attempts at each poll").isZero();
            poison.set(false);
            reader.context().getRouteController().resumeRoute(ConsumerRoute.ROUTE);
            await().until(() -> reader.received().size() == 5);
            assertThat(reader.received()).extracting(ConsumerRoute.Received::id).containsExactlyElementsOf(ids);
        }
    }
}
