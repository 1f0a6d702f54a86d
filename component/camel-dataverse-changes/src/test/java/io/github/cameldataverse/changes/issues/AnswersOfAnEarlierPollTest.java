package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.PolledReader;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.harness.SampleRows;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.ServiceUnavailable;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * That a record is gone was asked once and believed until its page was delivered, however long the route failed on it: the
 * record had come back by then, and was deleted at the sink all the same.
 */
@OverBothApis
class AnswersOfAnEarlierPollTest {

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final List<String> keys = new ArrayList<>();
    private boolean fails;
    private int acceptsBefore;

    @Test
    @ProvesFault("P14")
    void aRecordThatCameBackWhileTheRouteFailedIsNotDeleted() throws Exception {
        for (int i = 0; i < 4; i++) {
            accounts.create(Map.of("name", "Account " + i));
        }
        String goes = accounts.ids().get(1);
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
        tokens.start();
        try (PolledReader reader =
                new PolledReader(simulator, "&maxPageSize=2&api=" + OverBothApis.API.word(), tokens, this::take)) {
            failBehind(1);
            reader.poll();
            accounts.delete(goes);
            failBehind(0);
            reader.poll();
            accounts.restore(goes);
            fails = false;
            reader.pollToTheEnd();
        }
        assertThat(keys).hasSize(4).noneMatch(key -> key.startsWith(goes + "!"));
    }

    @Test
    @ProvesFault("P14")
    void aRecordThatCameBackDuringAnOutageIsNotDeleted() throws Exception {
        List<String> ids = SampleRows.accountsIn(accounts, 152);
        List<String> deleted = ids.subList(0, 150);
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
        tokens.start();
        String options = "&api=" + OverBothApis.API.word();
        try (PolledReader before = new PolledReader(simulator, options, tokens, this::take);
                PolledReader stopped = new PolledReader(simulator, options + "&maxPageSize=1", tokens, this::take);
                PolledReader reader = new PolledReader(simulator, options, tokens, this::take)) {
            before.pollToTheEnd();
            ids.subList(150, 152).forEach(id -> accounts.update(id, Map.of("name", "new")));
            deleted.forEach(accounts::delete);
            failBehind(1);
            stopped.poll();
            fails = false;
            keys.clear();
            // A reader that begins inside of the round has seen nothing of it, so it asks for each of the records.
            simulator.forgetRequests();
            simulator.faults().whereRequest(RequestKind::forRecords).onNth(2, new ServiceUnavailable(503));
            reader.poll();
            assertThat(reader.status().word()).isEqualTo(Word.FAULTED);
            String back = firstAskedFor();
            accounts.restore(back);
            reader.pollToTheEnd();
            assertThat(keys).filteredOn(key -> key.contains("!")).hasSize(149).noneMatch(key -> key.startsWith(back));
        }
    }

    private String firstAskedFor() {
        return simulator.requests().stream()
                .map(RequestKind::recordsAskedFor)
                .flatMap(List::stream)
                .findFirst()
                .orElseThrow();
    }

    private void failBehind(int accepted) {
        fails = true;
        acceptsBefore = accepted;
    }

    private void take(Exchange exchange) {
        if (fails && acceptsBefore-- == 0) {
            throw new IllegalStateException("the route fails");
        }
        keys.add(exchange.getMessage().getHeader(DataverseChangesConstants.KEY, String.class));
    }
}
