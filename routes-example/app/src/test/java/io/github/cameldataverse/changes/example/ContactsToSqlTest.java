package io.github.cameldataverse.changes.example;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
        String id = contacts()
                .create(Map.of(
                        "firstname",
                        "Ada",
                        "lastname",
                        "Lovelace",
                        "birthdate",
                        LocalDate.of(1815, 12, 10),
                        "annualincome",
                        new BigDecimal("12345678901234.5670"),
                        "_parentcustomerid_value",
                        newAccount("Contoso")));
        soon().untilAsserted(this::theTableIsEqualToTheSource);

        contacts().update(id, Map.of("lastname", "King"));
        soon().untilAsserted(this::theTableIsEqualToTheSource);

        contacts().delete(id);
        soon().untilAsserted(this::theTableIsEqualToTheSource);
        assertThat(journal("contacts-to-sql", id)).hasSizeBetween(2, 3);
    }

    @Test
    void rowAndTokenAreStoredTogetherOrNotAtAll() {
        String first = newContact("Hopper");
        soon().untilAsserted(() -> assertThat(table()).containsKey(first));
        // The commit of an exchange fails after its row is written. A note that is there would not fit.
        soon().ignoreExceptionsInstanceOf(SQLException.class)
                .untilAsserted(() ->
                        execute("alter table dataverse_delivered add constraint no_delivery check (revision < 0)"));
        String second;
        try {
            second = newContact("Hamilton");
            soon().untilAsserted(() -> assertThat(get("/q/health").asString())
                    .contains("contacts-to-sql")
                    .contains("Could not note"));
            assertThat(table()).containsKey(first).doesNotContainKey(second);
        } finally {
            soon().ignoreExceptionsInstanceOf(SQLException.class)
                    .untilAsserted(() -> execute("alter table dataverse_delivered drop constraint no_delivery"));
        }
        soon().untilAsserted(() -> assertThat(table()).containsKey(second));
        soon().untilAsserted(() ->
                assertThat(journal("contacts-to-sql", second)).containsExactly(upsertKey(contacts(), second)));
    }

    @Test
    void anOlderVersionNeverOverwritesANewerOne() throws SQLException {
        String id = newContact("Noether");
        soon().untilAsserted(() -> assertThat(table()).containsKey(id));
        execute("update contact set lastname = 'newer', version = version + 1000000 where contactid = '" + id + "'");
        contacts().update(id, Map.of("lastname", "older"));
        String key = upsertKey(contacts(), id);
        soon().untilAsserted(() -> assertThat(journal("contacts-to-sql", id)).contains(key));
        assertThat(table().get(id)).containsEntry("lastname", "newer");
        execute("update contact set version = 0 where contactid = '" + id + "'");
        contacts().update(id, Map.of("lastname", "Noether"));
        soon().untilAsserted(this::theTableIsEqualToTheSource);
    }

    @Test
    @Fault("S14")
    void valuesAreBoundAndNeverBecomePartOfAStatement() {
        String name = "x'); drop table contact; -- :?id";
        String id = newContact(name);
        soon().untilAsserted(() -> assertThat(table().get(id)).containsEntry("lastname", name));
    }

    private SimulatedTable contacts() {
        return simulator.table("contact");
    }

    private String newContact(String lastname) {
        return contacts().create(Map.of("lastname", lastname));
    }

    private void theTableIsEqualToTheSource() {
        assertThat(table()).isEqualTo(TableContent.CONTACT.of(contacts()));
    }

    private Map<String, Map<String, Object>> table() {
        return TableContent.CONTACT.in(dataSource);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
