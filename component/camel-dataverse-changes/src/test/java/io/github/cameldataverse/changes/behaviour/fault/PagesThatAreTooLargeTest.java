package io.github.cameldataverse.changes.behaviour.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A table of wide rows needs no other options: its pages become smaller by themselves. */
@OverBothApis
class PagesThatAreTooLargeTest {

    private static final int LIMIT = 64 * 1024;

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");

    private ConsumerRoute reader(int maxPageBytes) {
        return ConsumerRoute.of(simulator, api)
                .with("maxPageBytes", maxPageBytes)
                .with("maxRowBytes", maxPageBytes)
                .with("select", "name,description");
    }

    @Test
    @ProvesFault("S9")
    void aPageThatIsTooLargeIsAskedForAgainWithFewerRows() throws Exception {
        List<String> ids = create(60, 4_000);
        try (ConsumerRoute reader = reader(LIMIT).start()) {
            await().until(() -> reader.received().size() == 60);
            assertThat(reader.received())
                    .extracting(ConsumerRoute.Received::id)
                    .containsExactlyInAnyOrderElementsOf(ids);
            assertThat(reader.word()).isEqualTo(Word.UP);

            List<String> more = create(30, 4_000);
            await().until(() -> reader.received().size() == 90);
            assertThat(reader.received().subList(60, 90))
                    .extracting(ConsumerRoute.Received::id)
                    .containsExactlyInAnyOrderElementsOf(more);
        }
    }

    /** The pages before it stay as they are, and the ones behind it begin where it would have begun. */
    @Test
    @ProvesFault("S9")
    void aPageInTheMiddleOfARoundMayBeTheOneThatIsTooLarge() throws Exception {
        List<String> ids = new ArrayList<>(create(50, 10));
        ids.addAll(create(50, 4_000));
        try (ConsumerRoute reader = reader(LIMIT).with("maxPageSize", 40).start()) {
            await().until(() -> reader.received().size() >= 100);
            await().until(() ->
                    reader.checkpoint() != null && reader.checkpoint().roundLink() != null);
            assertThat(reader.received())
                    .extracting(ConsumerRoute.Received::id)
                    .containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    @Test
    @ProvesFault("S9")
    void aRowThatIsTooLargeByItselfIsRefusedAndSaysWhy() throws Exception {
        create(1, 2 * LIMIT);
        try (ConsumerRoute reader = reader(LIMIT).with("maxPageSize", 5000).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message())
                    .contains("The answer is larger than " + LIMIT + " bytes; ask for smaller pages with maxPageSize");
            assertThat(reader.received()).isEmpty();
        }
    }

    private List<String> create(int count, int length) {
        List<String> ids = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            ids.add(accounts.create(Map.of("name", "Account " + row, "description", "x".repeat(length))));
        }
        return ids;
    }
}
