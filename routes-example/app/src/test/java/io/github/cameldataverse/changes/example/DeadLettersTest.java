package io.github.cameldataverse.changes.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** The column {@code name} of the table is shorter than a name can be at the source. */
@QuarkusTest
class DeadLettersTest extends RouteTest {

    private static final String TOO_LONG = "x".repeat(200);

    @Test
    void aRefusedChangeGoesToTheDeadLettersAndTheNextOneFollows() {
        String refused = newAccount(TOO_LONG);
        String key = upsertKey(accounts(), refused);
        String next = newAccount("Contoso");

        Exchange letter = nextLetter();
        assertThat(letter.getMessage().getHeader("key")).isEqualTo(key);
        assertThat(letter.getMessage().getHeader("route")).isEqualTo("accounts-to-sql");
        assertThat(letter.getMessage().getHeader("cause", String.class)).contains("The database refuses the row");
        assertThat(letter.getMessage().getBody(String.class)).contains(TOO_LONG);
        soon().untilAsserted(() -> assertThat(journal("accounts-to-sql", next)).hasSize(1));
        assertThat(journal("accounts-to-sql", refused)).isEmpty();
        accounts().delete(refused);
    }

    /** By the route that writes with {@code jdbc:}. */
    @Test
    void aRefusedContactGoesToTheDeadLettersToo() {
        String refused = simulator.table("contact").create(Map.of("lastname", TOO_LONG));
        String key = upsertKey(simulator.table("contact"), refused);
        String next = simulator.table("contact").create(Map.of("lastname", "Lovelace"));

        Exchange letter = nextLetter();
        assertThat(letter.getMessage().getHeader("key")).isEqualTo(key);
        assertThat(letter.getMessage().getHeader("route")).isEqualTo("contacts-to-sql");
        assertThat(letter.getMessage().getHeader("cause", String.class)).contains("The database refuses the row");
        assertThat(letter.getMessage().getBody(String.class)).contains(TOO_LONG);
        soon().untilAsserted(() -> assertThat(journal("contacts-to-sql", next)).hasSize(1));
        assertThat(journal("contacts-to-sql", refused)).isEmpty();
        simulator.table("contact").delete(refused);
    }

    @Test
    @Fault("D3")
    void aRefusedChangeIsNotLostWhenTheDeadLettersAreDown() throws Exception {
        String refused;
        String next;
        String key;
        try (BrokerOutage outage = BrokerOutage.begin()) {
            refused = newAccount(TOO_LONG);
            key = upsertKey(accounts(), refused);
            next = newAccount("Contoso");
            soon().untilAsserted(
                            () -> assertThat(journal("accounts-to-files", next)).hasSize(1));
            assertThat(journal("accounts-to-sql", next))
                    .as("behind the refused one")
                    .isEmpty();
        }
        assertThat(nextLetter().getMessage().getHeader("key")).isEqualTo(key);
        soon().untilAsserted(() -> assertThat(journal("accounts-to-sql", next)).hasSize(1));
        accounts().update(refused, Map.of("name", "short"));
        soon().untilAsserted(
                        () -> assertThat(journal("accounts-to-sql", refused)).hasSize(1));
    }

    private Exchange nextLetter() {
        Exchange letter = camel.createConsumerTemplate().receive("jms:queue:dead-letters", 30_000);
        assertThat(letter).as("a dead letter within 30 s").isNotNull();
        return letter;
    }
}
