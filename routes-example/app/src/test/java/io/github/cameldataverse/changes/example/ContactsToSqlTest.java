package io.github.cameldataverse.changes.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ContactsToSqlTest extends RouteTest {

    @Inject
    DataSource dataSource;

    @Test
    void theTableFollowsTheContacts() {
        SimulatedTable contacts = simulator.table("contact");
        String id = contacts.create(Map.of(
                "firstname",
                "Ada",
                "lastname",
                "Lovelace",
                "birthdate",
                LocalDate.of(1815, 12, 10),
                "_parentcustomerid_value",
                newAccount("Contoso")));
        soon().untilAsserted(() -> theTableIsEqualTo(contacts));

        contacts.update(id, Map.of("lastname", "King"));
        soon().untilAsserted(() -> theTableIsEqualTo(contacts));

        contacts.delete(id);
        soon().untilAsserted(() -> theTableIsEqualTo(contacts));
        assertThat(journal("contact-sql", id)).hasSizeBetween(2, 3);
    }

    private void theTableIsEqualTo(SimulatedTable contacts) throws Exception {
        assertThat(TableContent.of(dataSource, ContactsToSql.CONTACTS))
                .isEqualTo(TableContent.select(contacts.rows(), ContactsToSql.CONTACTS));
    }
}
