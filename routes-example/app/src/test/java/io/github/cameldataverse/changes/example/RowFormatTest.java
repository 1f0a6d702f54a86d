package io.github.cameldataverse.changes.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowFormatTest {

    private static final String ID = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";

    private final CamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:account").unmarshal(RowFormat.of(Account.class));
                from("direct:contact").unmarshal(RowFormat.of(Contact.class));
                from("direct:map").unmarshal(RowFormat.of(Map.class));
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0000", "-0.0001", "98765432109876.5430", "100000000000.0000"})
    void moneyIsExactInARecordAndInAMap(String amount) {
        String row = "{\"@odata.etag\":\"W/\\\"1\\\"\",\"revenue\":" + amount + "}";
        assertThat(read("account", row, Account.class).revenue()).isEqualTo(new BigDecimal(amount));
        assertThat(read("map", row, Map.class)).containsEntry("revenue", new BigDecimal(amount));
    }

    @Test
    void everyColumnIsRead() {
        Contact contact = read(
                "contact",
                """
                {"contactid":"%1$s","firstname":"Ada","lastname":null,"birthdate":"1815-12-10",
                "_parentcustomerid_value":"%1$s","modifiedon":"2026-01-01T00:00:00Z"}"""
                        .formatted(ID),
                Contact.class);
        UUID id = UUID.fromString(ID);
        assertThat(contact)
                .isEqualTo(new Contact(
                        id,
                        "Ada",
                        null,
                        null,
                        LocalDate.of(1815, 12, 10),
                        null,
                        id,
                        OffsetDateTime.parse("2026-01-01T00:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"revenue\":\"10.0000\"}",
                "{\"numberofemployees\":1.5}",
                "{\"creditonhold\":1}",
                "{\"modifiedon\":\"yesterday\"}",
                "{\"accountid\":\"1\"}",
                "no JSON"
            })
    void aRowOfAnotherFormIsRefused(String row) {
        assertThatThrownBy(() -> read("account", row, Account.class))
                .isInstanceOf(CamelExecutionException.class)
                .satisfies(failure -> assertThat(Refusal.reason(failure))
                        .hasValueSatisfying(reason -> assertThat(reason).contains("expected form")));
    }

    @Test
    void whatIsSelectedIsWhatIsRead() {
        assertThat(Account.COLUMNS).isEqualTo(components(Account.class));
        assertThat(Contact.COLUMNS)
                .isEqualTo(components(Contact.class).replace("parentCustomer", "_parentcustomerid_value"));
    }

    private <T> T read(String route, String row, Class<T> type) {
        return camel.createProducerTemplate().requestBody("direct:" + route, row, type);
    }

    private static String components(Class<?> row) {
        return Stream.of(row.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.joining(","));
    }
}
