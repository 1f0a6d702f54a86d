package io.github.cameldataverse.changes.issues;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.faults.ErrorResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The support of the service asks for the id of a request, and none was to be had, though the page of faults said so. */
@OverBothApis
class RequestIdTest {

    private static final String ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();

    @Test
    @ProvesFault("P7")
    void standsInTheSentenceOfAFaultInTheExchangeAndAtDebug() throws Exception {
        accountsIn(simulator.table("account"), 2);
        simulator
                .faults()
                .whereRequest(RequestKind::forRows)
                .next(3, new ErrorResponse(400, "0x80072491", "The table is not enabled for change tracking."));
        try (CapturedLog log = new CapturedLog("io.github.cameldataverse.changes");
                ConsumerRoute reader = ConsumerRoute.of(simulator, OverBothApis.API)
                        .with("delay", 1)
                        .start()) {
            await().until(() -> reader.received().size() == 2 && reader.word() == Word.UP);
            assertThat(reader.received())
                    .extracting(each -> (String) each.headers().get(DataverseChangesConstants.REQUEST_ID))
                    .allMatch(id -> id.matches(ID));
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("DEBUG") && line.contains(" -> 200 "))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).containsPattern("request id " + ID));
            assertThat(warnings(log))
                    .as("one line, though each answer has an id of its own")
                    .singleElement()
                    .asString()
                    .containsPattern("\\(request id " + ID + "\\)");
        }
    }

    private static List<String> warnings(CapturedLog log) {
        return log.lines().stream()
                .filter(line -> line.startsWith("WARN") && line.contains("not enabled for change tracking"))
                .toList();
    }
}
