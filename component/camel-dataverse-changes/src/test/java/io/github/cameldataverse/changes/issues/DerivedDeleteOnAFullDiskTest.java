package io.github.cameldataverse.changes.issues;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.PolledReader;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.file.SteppedFileTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The disk is full when a derived delete is noted: the same delete went out again once there was room. */
@OverBothApis
class DerivedDeleteOnAFullDiskTest {

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final List<String> deletes = new ArrayList<>();
    private boolean full;

    @TempDir
    Path directory;

    @Test
    @ProvesFault("R1")
    void itIsDeliveredOnce() throws Exception {
        DeltaTokenRepository tokens = SteppedFileTokens.file(directory.toString(), () -> {
            if (full) {
                throw new IOException("No space left on device");
            }
        });
        tokens.start();
        List<String> ids = accountsIn(accounts, 4);
        String options = "&knownIds=true&api=" + OverBothApis.API.word();
        try (PolledReader reader = new PolledReader(simulator, options, tokens, this::fillTheDiskAtTheFirstDelete)) {
            reader.pollToTheEnd();
            accounts.delete(ids.get(0));
            accounts.delete(ids.get(1));
            reader.resync();
            for (int i = 0; i < 5; i++) {
                reader.poll();
            }
            assertThat(deletes).as("while the disk is full").hasSize(1);
            full = false;
            reader.pollToTheEnd();
        }
        tokens.stop();
        assertThat(deletes).hasSize(2).doesNotHaveDuplicates();
    }

    private void fillTheDiskAtTheFirstDelete(Exchange exchange) {
        if ("delete".equals(exchange.getMessage().getHeader(DataverseChangesConstants.CHANGE_TYPE))) {
            deletes.add(exchange.getMessage().getHeader(DataverseChangesConstants.KEY, String.class));
            full = deletes.size() == 1;
        }
    }
}
