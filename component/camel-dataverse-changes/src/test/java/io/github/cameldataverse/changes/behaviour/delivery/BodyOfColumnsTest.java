package io.github.cameldataverse.changes.behaviour.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code bodyMembers=columns}: bodies that need no rule for what is no column. */
@OverBothApis
class BodyOfColumnsTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final SimulatedTable accounts = DATAVERSE.simulator().table("account");

    @Test
    void rowsAndTombstonesHaveNoMemberWithAnAtSign() throws Exception {
        String id = accounts.create(Map.of("name", "Contoso", "revenue", new BigDecimal("10.0000")));
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.received().size() == 1);
            accounts.delete(id);
            await().until(() -> reader.received().size() == 2);
            assertThat(reader.received().get(0).text())
                    .contains("\"name\":\"Contoso\"", "\"revenue\":10.0000", "\"accountid\":\"" + id + "\"")
                    .doesNotContain("@");
            assertThat(reader.received().get(1).text()).isEqualTo("{\"id\":\"" + id + "\",\"reason\":\"deleted\"}");
        }
    }

    @Test
    void aMapHasAKeyForEachColumnAndNoOther() throws Exception {
        String id = accounts.create(Map.of("name", "Contoso", "revenue", new BigDecimal("10.0000")));
        try (ConsumerRoute reader =
                reader().with("bodyType", "map").with("includeAnnotations", "*").start()) {
            await().until(() -> reader.received().size() == 1);
            assertThat(reader.received().get(0).body())
                    .isEqualTo(Map.of("accountid", id, "name", "Contoso", "revenue", new BigDecimal("10.0000")));
        }
    }

    private ConsumerRoute reader() {
        return ConsumerRoute.of(DATAVERSE.simulator(), api)
                .with("select", "name,revenue")
                .with("bodyMembers", "columns");
    }
}
