package io.github.cameldataverse.changes.behaviour.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.internal.status.ReaderStatus;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What tells a create from an update, and that nothing is said to be exact that is not. */
@OverBothApis
class CreateOrUpdateTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    private static final String UNTOLD = "null null";

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final MemoryDeltaTokenRepository memory = new MemoryDeltaTokenRepository();

    @Test
    void withKnownIdsEachKindIsExact() throws Exception {
        String id = accounts.create(Map.of("name", "one"));
        try (ConsumerRoute reader = exact().start()) {
            awaitKinds(reader, "create exact");
            accounts.update(id, Map.of("name", "two"));
            awaitKinds(reader, "create exact", "update exact");
            accounts.delete(id);
            await().until(() -> reader.received().size() == 3);
            accounts.restore(id);
            awaitKinds(reader, "create exact", "update exact", UNTOLD, "create exact");
        }
    }

    @Test
    void aFailedExchangeComesAgainAsWhatItWas() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        accounts.create(Map.of("name", "one"));
        accounts.create(Map.of("name", "two"));
        try (ConsumerRoute reader = exact().doing(exchange -> {
                    if (exchange.getMessage().getBody(String.class).contains("two") && broken.getAndSet(false)) {
                        throw new IllegalStateException("not yet");
                    }
                })
                .start()) {
            awaitKinds(reader, "create exact", "create exact");
        }
    }

    @Test
    void anInterruptedPageIsNoLongerExactForTheNextProcess() throws Exception {
        accounts.create(Map.of("name", "one"));
        try (ConsumerRoute reader = exact().doing(exchange -> {
                    throw new IllegalStateException("never");
                })
                .start()) {
            await().until(() -> reader.word() == ReaderStatus.Word.POISONED);
        }
        // The id was stored before the route refused the record: it must not pass for an update.
        try (ConsumerRoute reader = exact().start()) {
            awaitKinds(reader, UNTOLD);
        }
    }

    @Test
    void whatWasAcceptedOfAnInterruptedPageIsAnUpdateWhenItHasChanged() throws Exception {
        String id = accounts.create(Map.of("name", "one"));
        accounts.create(Map.of("name", "two"));
        try (ConsumerRoute reader = exact().doing(exchange -> {
                    if (exchange.getMessage().getBody(String.class).contains("two")) {
                        throw new IllegalStateException("never");
                    }
                })
                .start()) {
            await().until(() -> reader.word() == ReaderStatus.Word.POISONED);
            assertThat(kinds(reader)).containsExactly("create exact");
        }
        accounts.update(id, Map.of("name", "one more"));
        try (ConsumerRoute reader = exact().start()) {
            awaitKinds(reader, UNTOLD, "update exact");
        }
    }

    @Test
    void aReloadInfersWhatWasOfferedBeforeAndIsCertainOfTheRest() throws Exception {
        accounts.create(Map.of("name", "one"));
        try (ConsumerRoute reader = exact().start()) {
            awaitKinds(reader, "create exact");
        }
        simulator.clock().advance(Duration.ofDays(8));
        accounts.create(Map.of("name", "two"));
        try (ConsumerRoute reader = exact().with("onTokenExpired", "resync").start()) {
            await().until(() -> reader.types().contains("resyncCompleted"));
            assertThat(kinds(reader)).containsExactly(UNTOLD, "update inferred", "create exact", UNTOLD);
        }
    }

    @Test
    void withoutKnownIdsTheTimesOfTheRowTell() throws Exception {
        String id = accounts.create(Map.of("name", "one"));
        try (ConsumerRoute reader =
                reader().with("select", "name,createdon,modifiedon").start()) {
            awaitKinds(reader, "create inferred");
            simulator.clock().advance(Duration.ofMinutes(1));
            accounts.update(id, Map.of("name", "two"));
            awaitKinds(reader, "create inferred", "update inferred");
        }
    }

    @Test
    void whereNothingTellsNothingIsSaid() throws Exception {
        accounts.create(Map.of("name", "one"));
        try (ConsumerRoute reader = reader().with("select", "name,createdon").start()) {
            awaitKinds(reader, UNTOLD);
        }
    }

    @Test
    void nothingIsSaidUnlessItIsAskedFor() throws Exception {
        accounts.create(Map.of("name", "one"));
        try (ConsumerRoute reader = exact().without("upsertKind").start()) {
            awaitKinds(reader, UNTOLD);
        }
    }

    @Test
    void anExchangePerPageCannotTellIt() throws Exception {
        try (ConsumerRoute reader = reader().with("exchangePer", "page")) {
            Throwable failure = catchThrowable(reader::start);
            assertThat(failure).hasStackTraceContaining("The option upsertKind needs exchangePer=change");
        }
    }

    @Test
    void aMapHasTheLabelsAndTheTablesOfLookups() throws Exception {
        accounts.create(Map.of("name", "one", "_primarycontactid_value", UUID.randomUUID()));
        try (ConsumerRoute reader =
                reader().with("bodyType", "map").with("includeAnnotations", "*").start()) {
            await().until(() -> reader.received().size() == 1);
            Map<?, ?> row = (Map<?, ?>) reader.received().get(0).body();
            assertThat(row.get("@labels")).isInstanceOfSatisfying(Map.class, labels -> assertThat(labels)
                    .containsKey("statecode")
                    .doesNotContainKey("name"));
            assertThat(row.get("@tables")).isInstanceOfSatisfying(Map.class, tables -> assertThat(tables)
                    .containsEntry("_primarycontactid_value", "contact")
                    .doesNotContainKey("name"));
            assertThat(row.get("statecode@OData.Community.Display.V1.FormattedValue"))
                    .isEqualTo(((Map<?, ?>) row.get("@labels")).get("statecode"));
        }
    }

    private ConsumerRoute reader() {
        return ConsumerRoute.of(simulator, api).with("upsertKind", true).with("idempotentRepository", memory);
    }

    private ConsumerRoute exact() {
        return reader().with("knownIds", true).with("select", "name").with("maxRetries", 0);
    }

    private static void awaitKinds(ConsumerRoute reader, String... kinds) {
        await().until(() -> reader.received().size() >= kinds.length);
        assertThat(kinds(reader)).containsExactly(kinds);
    }

    private static List<String> kinds(ConsumerRoute reader) {
        return reader.received().stream()
                .map(ConsumerRoute.Received::headers)
                .map(headers -> headers.get(DataverseChangesConstants.UPSERT_KIND) + " "
                        + headers.get(DataverseChangesConstants.UPSERT_KIND_BASIS))
                .toList();
    }
}
