package io.github.cameldataverse.changes.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.RewrittenBody;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * A column that was asked for and is not served, as the Web API may do for good: Microsoft's documentation shows a link that drops
 * one. Over the Organization Service it would be null by its contract.
 */
@QuarkusTest
class AbsentColumnsTest extends RouteTest {

    @Inject
    DataSource dataSource;

    @Test
    void aColumnOfAnAccountKeepsItsValueAndIsNullInANewRow() {
        String id = accounts().create(Map.of("name", "Coho", "revenue", BigDecimal.TEN, "telephone1", "555"));
        soon().untilAsserted(
                        () -> assertThat(table(TableContent.ACCOUNT)).isEqualTo(TableContent.ACCOUNT.of(accounts())));
        simulator.faults().always(new RewrittenBody(body -> body.replaceAll("\"(revenue|telephone1)\":[^,}]*,", "")));
        String fresh;
        try {
            fresh = accounts().create(Map.of("name", "Wide World", "revenue", BigDecimal.ONE));
            accounts().update(id, Map.of("name", "Coho Winery", "revenue", BigDecimal.ONE));
            soon().untilAsserted(() ->
                    assertThat(table(TableContent.ACCOUNT).get(id)).containsEntry("name", "Coho Winery"));
            soon().untilAsserted(() -> assertThat(table(TableContent.ACCOUNT)).containsKey(fresh));
        } finally {
            simulator.faults().clear();
        }
        assertThat((BigDecimal) table(TableContent.ACCOUNT).get(id).get("revenue"))
                .isEqualByComparingTo("10");
        assertThat(table(TableContent.ACCOUNT).get(id)).containsEntry("telephone1", "555");
        assertThat(table(TableContent.ACCOUNT).get(fresh)).containsEntry("revenue", null);
        accounts().update(id, Map.of("name", "Coho Vineyard"));
        accounts().update(fresh, Map.of("name", "Wide World Importers"));
        soon().untilAsserted(
                        () -> assertThat(table(TableContent.ACCOUNT)).isEqualTo(TableContent.ACCOUNT.of(accounts())));
    }

    @Test
    void aColumnOfAContactKeepsItsValueAndIsNullInANewRow() {
        String id = contacts().create(Map.of("firstname", "Mary", "lastname", "Jackson"));
        soon().untilAsserted(
                        () -> assertThat(table(TableContent.CONTACT)).isEqualTo(TableContent.CONTACT.of(contacts())));
        simulator.faults().always(new RewrittenBody(body -> body.replaceAll("\"firstname\":[^,}]*,", "")));
        String fresh;
        try {
            fresh = contacts().create(Map.of("firstname", "Dorothy", "lastname", "Vaughan"));
            contacts().update(id, Map.of("lastname", "Winston"));
            soon().untilAsserted(() ->
                    assertThat(table(TableContent.CONTACT).get(id)).containsEntry("lastname", "Winston"));
            soon().untilAsserted(() -> assertThat(table(TableContent.CONTACT)).containsKey(fresh));
        } finally {
            simulator.faults().clear();
        }
        assertThat(table(TableContent.CONTACT).get(id)).containsEntry("firstname", "Mary");
        assertThat(table(TableContent.CONTACT).get(fresh)).containsEntry("firstname", null);
        contacts().update(fresh, Map.of("lastname", "Vaughan Jr"));
        soon().untilAsserted(
                        () -> assertThat(table(TableContent.CONTACT)).isEqualTo(TableContent.CONTACT.of(contacts())));
    }

    private SimulatedTable contacts() {
        return simulator.table("contact");
    }

    private Map<String, Map<String, Object>> table(TableContent content) {
        return content.in(dataSource);
    }
}
