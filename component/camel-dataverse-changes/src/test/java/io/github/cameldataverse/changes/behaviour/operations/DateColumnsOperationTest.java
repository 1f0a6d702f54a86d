package io.github.cameldataverse.changes.behaviour.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.faults.EmptyObject;
import io.github.cameldataverse.changes.testkit.faults.RewrittenBody;
import io.github.cameldataverse.changes.testkit.table.ColumnType;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DateColumnsOperationTest {

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();

    @Test
    void theMeaningOfEachDateColumnIsTold() throws Exception {
        simulator.define(TableSchema.named("new_booking")
                .column("new_day", ColumnType.DATE)
                .column("new_arrival", ColumnType.DATE_TIME)
                .column("new_checkin", ColumnType.WALL_TIME)
                .column("new_name", ColumnType.TEXT));

        assertThat(asked("new_booking"))
                .isEqualTo(Map.of(
                        "new_day", "DateOnly",
                        "new_arrival", "UserLocal",
                        "new_checkin", "TimeZoneIndependent",
                        "createdon", "UserLocal",
                        "modifiedon", "UserLocal"));
    }

    /** One odd column is no reason to know nothing of the others. */
    @Test
    void aColumnOfWhichNothingIsSaidIsMissing() throws Exception {
        simulator
                .faults()
                .where(path -> path.contains("DateTimeAttributeMetadata"))
                .always(new RewrittenBody(text -> text.replace("\"Value\":\"DateOnly\"", "\"Value\":null")));

        assertThat(asked("account")).isInstanceOfSatisfying(Map.class, columns -> assertThat(columns)
                .containsEntry("createdon", "UserLocal")
                .doesNotContainKey("new_customersince"));
    }

    @Test
    void anAnswerWithoutColumnsIsAFault() {
        simulator
                .faults()
                .where(path -> path.contains("DateTimeAttributeMetadata"))
                .always(new EmptyObject());

        assertThat(catchThrowable(() -> asked("account")))
                .hasCauseInstanceOf(ServiceFault.Transient.class)
                .hasRootCauseMessage("The service answered the request for the date columns with something else");
    }

    private Object asked(String table) throws Exception {
        try (ConsumerRoute reader =
                        ConsumerRoute.of(simulator).with("maxRetries", 0).table(table);
                ProducerTemplate template = reader.start().context().createProducerTemplate()) {
            return template.requestBody(reader.uri() + "&operation=dates", (Object) null);
        }
    }
}
