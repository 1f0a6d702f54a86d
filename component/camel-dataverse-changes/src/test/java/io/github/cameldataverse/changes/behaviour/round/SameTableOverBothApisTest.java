package io.github.cameldataverse.changes.behaviour.round;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.SampleAccounts;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.ErrorResponse;
import io.github.cameldataverse.changes.testkit.faults.Faults;
import io.github.cameldataverse.changes.testkit.faults.ServiceUnavailable;
import io.github.cameldataverse.changes.testkit.faults.StalledBody;
import io.github.cameldataverse.changes.testkit.faults.Throttled;
import io.github.cameldataverse.changes.testkit.switches.SoapPrefixes;
import io.github.cameldataverse.changes.testkit.table.Column;
import io.github.cameldataverse.changes.testkit.table.ColumnType;
import io.github.cameldataverse.changes.testkit.table.StandardTables;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One table, read over both APIs: {@code docs/organization-service.md} says where they differ. */
class SameTableOverBothApisTest {

    private static final String SOAP = "organizationService";
    private static final String ALL =
            StandardTables.account().columns().stream().map(Column::name).collect(Collectors.joining(","));
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");

    @Test
    void valuesOfEveryTypeAreTheSame() throws Exception {
        accountsOfEveryType(40);
        List<String> ids = accounts.ids();
        try (ConsumerRoute web = reader("webApi").with("select", ALL).start();
                ConsumerRoute soap = reader(SOAP).with("select", ALL).start()) {
            await().until(() -> web.received().size() == 40 && soap.received().size() == 40);
            // Both stand behind their loads, so what follows is of the same round.
            await().until(() -> web.polls() > 1 && soap.polls() > 1);
            accounts.update(ids.get(0), Map.of("name", "later"));
            accounts.delete(ids.get(1));
            await().until(() -> web.received().size() == 42 && soap.received().size() == 42);

            assertThat(soap.keys().subList(0, 41)).isEqualTo(web.keys().subList(0, 41));
            for (int i = 0; i < 42; i++) {
                assertThat(comparable(soap.received().get(i).text()))
                        .isEqualTo(comparable(web.received().get(i).text()));
                assertThat(headers(soap.received().get(i)))
                        .isEqualTo(headers(web.received().get(i)));
            }
            assertThat(soap.received().get(41).text())
                    .as("the tombstone, letter by letter")
                    .isEqualTo(web.received().get(41).text());
            assertThat(everyTypeIn(web)).isEqualTo(typesOfTheTable());
        }
    }

    @ParameterizedTest
    @CsvSource({"webApi, organizationService", "organizationService, webApi"})
    void aCountThatAsksAnotherApiThanTheReaderSaysWhoseTheTokenIs(String of, String asked) throws Exception {
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
        try (ConsumerRoute reader =
                reader(of).with("idempotentRepository", tokens).start()) {
            await().until(() ->
                    reader.checkpoint() != null && reader.checkpoint().roundLink() != null);
            String count = reader.uri().replace("api=" + of, "api=" + asked) + "&operation=count";
            assertThatThrownBy(() -> reader.context().createProducerTemplate().requestBody(count, (Object) null))
                    .hasStackTraceContaining("was obtained with api=" + of + ", and this endpoint asks with api="
                            + asked + ": give it the api of the reader");
        }
    }

    /** That is where a day is told from a moment. */
    @Test
    void theDefinitionsOfDateColumnsAreAskedForOnceAndOnlyIfADateComes() throws Exception {
        accountsOfEveryType(3);
        try (ConsumerRoute soap = reader(SOAP).with("select", "name").start()) {
            await().until(() -> soap.received().size() == 3);
            assertThat(datesAsked()).isZero();
        }
        try (ConsumerRoute soap = reader(SOAP).with("subscription", "all").start()) {
            await().until(() -> soap.received().size() == 3);
            accountsOfEveryType(2);
            await().until(() -> soap.received().size() == 5);
            assertThat(soap.received().get(0).text()).containsPattern("\"new_customersince\":\"\\d{4}-\\d\\d-\\d\\d\"");
            assertThat(datesAsked()).isEqualTo(1);
        }
    }

    @Test
    void aMomentIsNotAskedAbout() throws Exception {
        accounts.create(Map.of("name", "one"));
        try (ConsumerRoute soap = reader(SOAP).start()) {
            await().until(() -> soap.received().size() == 1);
            assertThat(soap.received().get(0).text()).contains("\"createdon\":");
            assertThat(datesAsked()).isZero();
        }
    }

    /** It says nothing of the page in hand, which must not be taken for refused and read from the beginning. */
    @Test
    void whoMayNotReadTheDefinitionsOfDatesIsToldSoAndNothingIsReadTwice() throws Exception {
        withDayOnTheSecondPage();
        faultsOfDates().always(new ErrorResponse(404, "0x0", "No HTTP resource was found"));
        try (ConsumerRoute soap = reader(SOAP).with("maxPageSize", 2).start()) {
            await().until(() -> soap.word() == Word.FAULTED);
            assertThat(soap.message())
                    .contains("whether it is a day or a moment cannot be asked for")
                    .contains("api=webApi");
            long polls = soap.polls();
            await().until(() -> soap.polls() > polls + 3);
            assertThat(soap.types()).containsExactly("upsert", "upsert");
            assertThat(soap.checkpoint().round())
                    .isEqualTo(soap.received().get(0).headers().get(DataverseChangesConstants.ROUND));
        }
    }

    @Test
    void definitionsOfDatesThatAreNotToBeHadAtOnceAreWaitedFor() throws Exception {
        withDayOnTheSecondPage();
        faultsOfDates().next(new Throttled(1)).next(2, new ServiceUnavailable(503));
        try (ConsumerRoute soap =
                reader(SOAP).with("maxPageSize", 2).with("maxRetries", 0).start()) {
            await().until(() -> soap.received().size() == 3);
            assertThat(simulator.faults().injected()).isEqualTo(3);
            assertThat(soap.keys()).doesNotHaveDuplicates();
            assertThat(soap.received().get(2).text()).contains("\"new_customersince\":\"2025-11-05\"");
        }
    }

    @Test
    void aStopDoesNotWaitForTheDefinitionsOfDates() throws Exception {
        withDayOnTheSecondPage();
        faultsOfDates().always(new StalledBody(Duration.ofSeconds(60)));
        ConsumerRoute soap = reader(SOAP).with("maxPageSize", 2).start();
        await().until(() -> datesAsked() > 0);
        Instant before = Instant.now();
        soap.close();
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(soap.types()).containsExactly("upsert", "upsert");
    }

    private void withDayOnTheSecondPage() {
        accountsIn(accounts, 2);
        accounts.create(Map.of("name", "last", "new_customersince", LocalDate.of(2025, 11, 5)));
    }

    private Faults faultsOfDates() {
        return simulator.faults().where(path -> path.contains("DateTimeAttributeMetadata"));
    }

    private long datesAsked() {
        return simulator.requests().stream()
                .filter(request -> request.pathAndQuery().contains("DateTimeAttributeMetadata"))
                .count();
    }

    @Test
    void annotationsAreTheSameSaveForTheOneThatOnlyTheWebApiTells() throws Exception {
        accountsOfEveryType(20);
        try (ConsumerRoute web = reader("webApi")
                        .with("select", ALL)
                        .with("includeAnnotations", "*")
                        .start();
                ConsumerRoute soap = reader(SOAP)
                        .with("select", ALL)
                        .with("includeAnnotations", "*")
                        .start()) {
            await().until(() -> web.received().size() == 20 && soap.received().size() == 20);
            for (int i = 0; i < 20; i++) {
                assertThat(comparable(soap.received().get(i).text()))
                        .isEqualTo(comparable(web.received().get(i).text()));
            }
            assertThat(soap.received().get(0).text()).contains("@OData.Community.Display.V1.FormattedValue");
        }
    }

    @ParameterizedTest
    @EnumSource(SoapPrefixes.class)
    void howTheServiceWritesItsNamespacesDoesNotMatter(SoapPrefixes prefixes) throws Exception {
        accountsOfEveryType(3);
        simulator.switches().soapPrefixes(prefixes);
        try (ConsumerRoute web = reader("webApi").with("select", ALL).start();
                ConsumerRoute soap = reader(SOAP).with("select", ALL).start()) {
            await().until(() -> web.received().size() == 3 && soap.received().size() == 3);
            for (int i = 0; i < 3; i++) {
                assertThat(comparable(soap.received().get(i).text()))
                        .isEqualTo(comparable(web.received().get(i).text()));
            }
        }
    }

    @Test
    void withoutASelectionARowHasWhatHasAValue() throws Exception {
        accounts.create(Map.of("name", "Contoso"));
        try (ConsumerRoute soap = reader(SOAP).start()) {
            await().until(() -> soap.received().size() == 1);
            assertThat(soap.received().get(0).text())
                    .contains("\"name\":\"Contoso\"", "\"accountid\":", "\"versionnumber\":")
                    .doesNotContain("null");
        }
    }

    @ParameterizedTest
    @CsvSource({"webApi, organizationService", "organizationService, webApi"})
    void aTokenOfTheOneIsRefusedByTheOtherUntilAResync(String first, String second) throws Exception {
        accountsIn(accounts, 2);
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
        try (ConsumerRoute reader =
                reader(first).with("idempotentRepository", tokens).start()) {
            await().until(() -> reader.received().size() == 2 && reader.polls() > 1);
        }
        try (ConsumerRoute reader =
                reader(second).with("idempotentRepository", tokens).start()) {
            await().until(() -> reader.word() == Word.FAULTED || reader.word() == Word.EXPIRED);
            assertThat(reader.message())
                    .contains("was obtained with api=" + first + ";")
                    .contains("now asks with api=" + second + ";")
                    .contains("operation resync");
            assertThat(reader.received()).isEmpty();
            reader.context().createProducerTemplate().requestBody(reader.uri() + "&operation=resync", (Object) null);
            await().until(() -> reader.received().size() == 4);
            assertThat(reader.types()).containsExactly("resyncStarted", "upsert", "upsert", "resyncCompleted");
        }
    }

    private ConsumerRoute reader(String api) {
        return ConsumerRoute.of(simulator).with("api", api).with("maxPageSize", 7);
    }

    private void accountsOfEveryType(int count) {
        SampleAccounts seed = new SampleAccounts(new Random(11));
        for (int row = 0; row < count; row++) {
            Map<String, Object> values = new LinkedHashMap<>(seed.row(row));
            values.put("new_interests", row % 3 == 0 ? null : row % 3 == 1 ? "1" : "1,20,300");
            accounts.create(values);
        }
    }

    /** Numbers by their value, the members in their order. */
    private static Map<String, Object> comparable(String row) throws Exception {
        Map<String, Object> members = new LinkedHashMap<>();
        JSON.readTree(row).properties().forEach(member -> members.put(member.getKey(), comparable(member.getValue())));
        members.keySet().removeIf(name -> name.endsWith("associatednavigationproperty"));
        members.put("order", new ArrayList<>(members.keySet()));
        return members;
    }

    private static Object comparable(JsonNode value) {
        return value.isNumber() ? value.decimalValue().stripTrailingZeros() : value;
    }

    private static Map<String, Object> headers(ConsumerRoute.Received received) {
        Map<String, Object> headers = new LinkedHashMap<>(received.headers());
        headers.keySet().removeIf(name -> !name.startsWith("CamelDataverseChanges"));
        // Each reader counts its own rounds, and a delete is known by its round.
        headers.remove(DataverseChangesConstants.ROUND);
        headers.remove(DataverseChangesConstants.REVISION);
        // Each comes when it comes: the one a second later than the other.
        headers.computeIfPresent(DataverseChangesConstants.TOKEN_AGE, (name, age) -> "some seconds");
        assertThat(headers.remove(DataverseChangesConstants.REQUEST_ID)).isNotNull();
        headers.computeIfPresent(
                DataverseChangesConstants.KEY, (name, key) -> key.toString().replaceFirst("!.*", "!"));
        return headers;
    }

    /** Types of which some row has a value. */
    private static List<ColumnType> everyTypeIn(ConsumerRoute reader) {
        return StandardTables.account().columns().stream()
                .filter(column -> reader.received().stream()
                        .anyMatch(row -> row.text().contains("\"" + column.name() + "\":")
                                && !row.text().contains("\"" + column.name() + "\":null")))
                .map(Column::type)
                .distinct()
                .sorted()
                .toList();
    }

    private static List<ColumnType> typesOfTheTable() {
        return StandardTables.account().columns().stream()
                .map(Column::type)
                .distinct()
                .sorted()
                .toList();
    }
}
