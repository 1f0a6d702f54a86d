package io.github.cameldataverse.changes.issues;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.faults.ErrorResponse;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A role was taken away in the middle of a load. Over the Organization Service, where every fault has the status 500, its code
 * was not known, so that the third answer in a row counted as the refusal of the link, and the whole load began again.
 */
@OverBothApis
class MissingPrivilegeInMidLoadTest {

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();

    @ParameterizedTest
    @ValueSource(strings = {"0x80040220", "0x80048306", "0x80072560"})
    @ProvesFault("P4")
    void theLoadGoesOnWhereItWasWhenTheRoleIsBack(String code) throws Exception {
        accountsIn(simulator.table("account"), 6);
        simulator
                .faults()
                .whereRequest(RequestKind::forANextPage)
                .next(4, new ErrorResponse(403, code, "Principal user is missing prvReadAccount privilege"));
        try (ConsumerRoute reader = ConsumerRoute.of(simulator, OverBothApis.API)
                .with("maxPageSize", 2)
                .with("delay", 1)
                .start()) {
            await().until(() -> simulator.faults().injected() == 4);
            await().until(() -> reader.received().size() >= 6 && reader.word() == Word.UP);
            assertThat(reader.types()).containsOnly("upsert");
            assertThat(reader.keys()).hasSize(6).doesNotHaveDuplicates();
        }
    }
}
