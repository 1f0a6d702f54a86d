package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.PolledReader;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
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
