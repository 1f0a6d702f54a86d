package io.github.cameldataverse.changes.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Money has four decimals in Dataverse. A double would drop the zeros of the first amount and digits of the second. */
@QuarkusTest
class ExactAmountTest extends RouteTest {

    @Inject
    DataSource dataSource;

    @Inject
    ConnectionFactory connections;

    @AfterEach
    void theReceiverGoesOn() throws Exception {
        camel.getRouteController().startRoute("queue-receiver");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0000", "98765432109876.5430"})
    void anAmountWithFourDecimalsArrivesExactly(String amount) throws Exception {
        camel.getRouteController().stopRoute("queue-receiver");
        String id = accounts().create(Map.of("name", "Contoso", "revenue", new BigDecimal(amount)));
        String key = upsertKey(accounts(), id);

        soon().untilAsserted(() -> assertThat(data.resolve("accounts").resolve(key + ".json"))
                .content()
                .contains("\"revenue\":" + amount + ","));
        soon().untilAsserted(() ->
                assertThat(messages(id)).hasSize(1).allMatch(row -> row.contains("\"revenue\":" + amount + ",")));
        soon().untilAsserted(() -> assertThat(journal("accounts-to-sql", id)).containsExactly(key));
        assertThat(revenue(id)).isEqualTo(new BigDecimal(amount));
    }

    private List<String> messages(String id) throws JMSException {
        try (JMSContext context = connections.createContext()) {
            String ofTheRecord = "id = '" + id + "'";
            return Collections.list(messages(context, ofTheRecord)).stream()
                    .map(ExactAmountTest::text)
                    .toList();
        }
    }

    @SuppressWarnings("unchecked")
    private static java.util.Enumeration<TextMessage> messages(JMSContext context, String selector)
            throws JMSException {
        return context.createBrowser(context.createQueue("accounts"), selector).getEnumeration();
    }

    private static String text(TextMessage message) {
        try {
            return message.getText();
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    private BigDecimal revenue(String id) throws Exception {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select revenue from account where accountid = ?")) {
            query.setObject(1, java.util.UUID.fromString(id));
            ResultSet row = query.executeQuery();
            return row.next() ? row.getBigDecimal(1) : null;
        }
    }
}
