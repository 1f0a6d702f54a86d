package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.GuardedSink;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.PolledReader;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.ServiceUnavailable;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A reader that had just started said that it was idle, with the sink behind the source: the last page of its load was empty,
 * because the records of it were written to meanwhile, and a poll without an exchange is an idle one to Camel. Nothing was
 * lost, the next poll brought it; but who waited for the idle message took what was there for all.
 */
@OverBothApis
class IdlePollBehindALoadTest {

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final DeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
    private final GuardedSink sink = new GuardedSink();

    @Test
    @ProvesFault("P14")
    void aPollIsNotIdleWhileAChangeWaitsThatWasMadeBeforeIt() throws Exception {
        accounts.create(Map.of("name", "first page"));
        accounts.create(Map.of("name", "first page"));
        String late = accounts.create(Map.of("name", "second page"));
        String options = "&maxPageSize=2&api=" + OverBothApis.API.word();
        try (PolledReader reader = new PolledReader(simulator, options, tokens, sink::take)) {
            simulator.faults().whereRequest(RequestKind::forANextPage).next(new ServiceUnavailable(503));
            reader.poll();
            accounts.update(late, Map.of("name", "changed while the load is read"));
            int polls = 0;
            while (reader.poll() != 0) {
                assertThat(++polls).isLessThan(10);
            }
            assertThat(sink.versions()).as("the sink when the reader is idle").isEqualTo(GuardedSink.versionsOf(accounts));
        }
    }
}
