package io.github.cameldataverse.changes.behaviour.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ProvesSentence;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.ReceivedRequest;
import io.github.cameldataverse.changes.testkit.faults.ErrorResponse;
import io.github.cameldataverse.changes.testkit.faults.RewrittenBody;
import io.github.cameldataverse.changes.testkit.faults.ServiceUnavailable;
import io.github.cameldataverse.changes.testkit.table.ColumnType;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The producer operations that ask which tables are tracked, and turn tracking on. */
class ProducerMetadataTest {

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final ConsumerRoute reader = ConsumerRoute.of(simulator);
    private ProducerTemplate template;

    @BeforeEach
    void start() {
        simulator.define(TableSchema.named("audit"));
        simulator.define(TableSchema.named("new_watched").custom(true));
        simulator.define(TableSchema.named("new_project").custom(true).tracked(false));
        simulator.define(TableSchema.named("subscription").tracked(false).canBeTracked(false));
        reader.context().start();
        template = reader.context().createProducerTemplate();
    }

    @AfterEach
    void stop() {
        reader.close();
    }

    @Test
    @ProvesSentence({"current-6", "current-7", "current-11", "current-12"})
    void theTablesAreThoseThatTheQueriesOfTheDocumentList() throws Exception {
        List<Map<String, Object>> tables = tables("");
        assertThat(names(tables, table -> true)).hasSize(6);
        assertThat(named(tables, "schemaName", tracked()))
                .isEqualTo(listed("SchemaName", "$filter=ChangeTrackingEnabled eq true"));
        assertThat(names(tables, tracked().and(table -> Boolean.FALSE.equals(table.get("custom")))))
                .isEqualTo(listed("LogicalName", "$filter=ChangeTrackingEnabled eq true and IsCustomEntity eq false"));
        assertThat(named(tables, "schemaName", tracked().or(is("eligible")).negate()))
                .isEqualTo(listed(
                        "SchemaName",
                        "$filter=ChangeTrackingEnabled eq false and CanChangeTrackingBeEnabled/Value eq false"));
        assertThat(names(tables, tracked().negate().and(is("eligible")))).containsExactly("new_project");
    }

    @Test
    void theOperationOfTheHeaderIsOneOfThoseThatThereAre() {
        String header = DataverseChangesConstants.OPERATION;

        assertThat(template.requestBodyAndHeader(reader.uri() + "&operation=enable", null, header, "Token"))
                .isEqualTo(Map.of("stored", false));
        assertThatThrownBy(() -> template.requestBodyAndHeader(reader.uri(), null, header, "never"))
                .hasRootCauseMessage("The header " + header
                        + " must be one of count, token, resync, allowDeletes, tables, enable, dates, not \"never\"");
    }

    @Test
    @ProvesSentence({"current-8", "current-9"})
    void theDocumentTellsTheSameOfWhatIsTracked() {
        List<Map<String, Object>> document = tables("&tablesFrom=document");
        assertThat(names(document, tracked())).isEqualTo(names(tables(""), tracked()));
        assertThat(document)
                .hasSize(6)
                .allMatch(table -> table.containsKey("eligible") == tracked().test(table));
        assertThat(simulator.requests())
                .anyMatch(request -> request.pathAndQuery().endsWith("$metadata?annotations=true"));
    }

    @Test
    @ProvesSentence("current-10")
    void aSetIsTrackedOnlyIfTheRecordOfItsAnnotationSaysSupported() {
        simulator
                .faults()
                .where(path -> path.contains("$metadata"))
                .next(new RewrittenBody(document -> document.replace("Bool=\"true\"", "Bool=\"false\"")));
        assertThat(names(tables("&tablesFrom=document"), tracked())).isEmpty();
        assertThat(names(tables("&tablesFrom=document"), tracked()))
                .containsExactlyInAnyOrder("account", "contact", "audit", "new_watched");
    }

    @Test
    void aTableTellsTheAlternateKeysThatItsRowsCanBeAddressedBy() {
        simulator.define(TableSchema.named("new_device")
                .column("new_serial", ColumnType.TEXT)
                .column("_new_site_value", ColumnType.LOOKUP)
                .alternateKey("new_SerialKey", "new_serial")
                .alternateKey("new_SiteKey", "_new_site_value", "new_serial"));
        assertThat(named("new_device", tables("")))
                .containsEntry(
                        "alternateKeys",
                        Map.of(
                                "new_SerialKey",
                                List.of("new_serial"),
                                "new_SiteKey",
                                List.of("new_site", "new_serial")));
        assertThat(named("account", tables(""))).containsEntry("alternateKeys", Map.of());
        assertThat(tables("&tablesFrom=document")).noneMatch(table -> table.containsKey("alternateKeys"));
    }

    /** A row is not found by a key whose index is being built, or could not be. */
    @Test
    @SuppressWarnings("unchecked")
    void aKeyWithoutItsIndexIsLeftOutAndSoIsWhatAServiceDoesNotTell() throws Exception {
        String definitions =
                """
                {"value":[
                 {"LogicalName":"new_device","SchemaName":"new_Device","EntitySetName":"new_devices","IsCustomEntity":true,
                  "ChangeTrackingEnabled":true,"MetadataId":"d3ba2f0e-5c0a-4c7e-9c55-5b6b0e5d2f31","Keys":[
                   {"SchemaName":"new_Ready","KeyAttributes":["new_serial"],"EntityKeyIndexStatus":"Active"},
                   {"SchemaName":"new_Building","KeyAttributes":["new_site"],"EntityKeyIndexStatus":"Pending"},
                   {"SchemaName":"new_Broken","KeyAttributes":["new_name"],"EntityKeyIndexStatus":"Failed"}]},
                 {"LogicalName":"new_other","SchemaName":"new_Other","EntitySetName":"new_others","IsCustomEntity":true,
                  "ChangeTrackingEnabled":true,"MetadataId":"1f6a7b1c-8b0e-4f0e-8a0d-0a7c5f8f7f10"}]}""";
        try (LoopbackServer service = new LoopbackServer().answering(LoopbackServer.json(200, definitions))) {
            String uri =
                    "dataverse-changes:account?operation=tables&allowInsecure=true&accessToken=demo&organizationUrl="
                            + service.origin();
            List<Map<String, Object>> tables = template.requestBody(uri, null, List.class);
            assertThat(tables.get(0)).containsEntry("alternateKeys", Map.of("new_Ready", List.of("new_serial")));
            assertThat(tables.get(1)).doesNotContainKey("alternateKeys");
        }
    }

    @Test
    @ProvesSentence("2021-3")
    void theVersionThatTheDocumentOf2021AsksTellsItToo() {
        assertThat(names(tables("&tablesFrom=document&apiVersion=v9.0"), tracked()))
                .isEqualTo(names(tables("&apiVersion=v9.0"), tracked()))
                .contains("account")
                .doesNotContain("new_project");
        assertThat(simulator.requests())
                .anyMatch(request -> request.pathAndQuery().endsWith("/api/data/v9.0/$metadata?annotations=true"));
    }

    @Test
    @ProvesSentence("current-5")
    void whatWasTurnedOnStaysOnAndIsReadOn() throws Exception {
        enable("new_project", true);
        String definition = "EntityDefinitions(LogicalName='new_project')";
        ObjectNode whole =
                (ObjectNode) new ObjectMapper().readTree(address(definition).toURL());
        HttpResponse<String> refusal = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address(definition))
                                .PUT(HttpRequest.BodyPublishers.ofString(whole.put("ChangeTrackingEnabled", false)
                                        .toString()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(enable("new_project", true)).containsEntry("tracked", true);
        try (ConsumerRoute changes =
                ConsumerRoute.of(simulator).table("new_project").start()) {
            await().until(() -> changes.polls() > 0);
            String id = simulator.table("new_project").create(Map.of());
            await().until(() -> changes.received().size() == 1);
            assertThat(changes.received().get(0).id()).isEqualTo(id);
        }
    }

    @Test
    @ProvesSentence({"current-4", "2021-2"})
    void trackingIsTurnedOnWithTheWholeDefinitionAndPublished() {
        assertThat(enable("new_projects", true))
                .isEqualTo(Map.of(
                        "table",
                        "new_project",
                        "entitySet",
                        "new_projects",
                        "schemaName",
                        "New_project",
                        "custom",
                        true,
                        "tracked",
                        true,
                        "eligible",
                        true));
        assertThat(simulator.table("new_project").definition().tracked()).isTrue();
        assertThat(writes()).extracting(ReceivedRequest::method).containsExactly("PUT", "POST");
        assertThat(writes().get(0).headers().get("MSCRM.MergeLabels")).containsExactly("true");
        assertThat(writes().get(1).pathAndQuery()).endsWith("/PublishXml");
    }

    @Test
    void aTableThatIsTrackedAlreadyIsLeftAsItIs() {
        assertThat(enable("account", true)).containsEntry("tracked", true);
        assertThat(writes()).isEmpty();
    }

    @Test
    @ProvesSentence("current-5")
    void withoutConfirmationNothingIsAskedAndTheSentenceSaysThatItIsForGood() {
        assertThatThrownBy(() -> enable("new_project", false))
                .isInstanceOf(CamelExecutionException.class)
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be turned off again")
                .hasMessageContaining("confirm=true");
        assertThat(simulator.requests()).isEmpty();
    }

    @Test
    @ProvesSentence("current-11")
    void aTableThatCannotBeTrackedIsRefusedBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> enable("subscription", true))
                .cause()
                .isInstanceOf(ServiceFault.Permanent.class)
                .hasMessageContaining("CanChangeTrackingBeEnabled is false");
        assertThat(writes()).isEmpty();
    }

    @Test
    void whoMayNotCustomizeIsToldWhatToDo() {
        simulator.switches().customizer(false);
        assertThatThrownBy(() -> enable("new_project", true))
                .cause()
                .isInstanceOf(ServiceFault.Forbidden.class)
                .hasMessageContaining("change the definition of the table new_project")
                .hasMessageContaining("System Customizer");
        assertThat(simulator.table("new_project").definition().tracked()).isFalse();
    }

    @Test
    void aWriteIsSentOnceAndADefinitionThatIsNotPublishedYetCanBePublishedByAskingAgain() {
        simulator.faults().where(path -> path.endsWith("PublishXml")).always(new ServiceUnavailable(503));
        assertThatThrownBy(() -> enable("new_project", true))
                .cause()
                .isInstanceOf(ServiceFault.Transient.class)
                .hasMessageContaining("The service failed");
        assertThat(writes()).extracting(ReceivedRequest::method).containsExactly("PUT", "POST");
        simulator.faults().clear();
        assertThat(enable("new_project", true)).containsEntry("tracked", true);
    }

    @Test
    void anUnknownTableAndARefusedListAreNamed() {
        assertThatThrownBy(() -> enable("nosuchtable", true))
                .cause()
                .hasMessageContaining("no table with the logical name or entity set name nosuchtable");
        simulator
                .faults()
                .where(path -> path.contains("EntityDefinitions"))
                .always(new ErrorResponse(403, "0x80040220", "is missing prvReadEntity privilege"));
        assertThatThrownBy(() -> tables(""))
                .cause()
                .isInstanceOf(ServiceFault.Forbidden.class)
                .hasMessageContaining("may not read the table definitions")
                .hasMessageContaining("prvReadEntity");
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> tables(String more) {
        return template.requestBody(reader.uri() + "&operation=tables" + more, null, List.class);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> enable(String table, boolean confirmed) {
        String uri = reader.table(table).uri() + "&operation=enable" + (confirmed ? "&confirm=true" : "");
        return template.requestBody(uri, null, Map.class);
    }

    private List<ReceivedRequest> writes() {
        return simulator.requests().stream()
                .filter(request -> !"GET".equals(request.method()))
                .toList();
    }

    private static Predicate<Map<String, Object>> tracked() {
        return is("tracked");
    }

    private static Predicate<Map<String, Object>> is(String key) {
        return table -> Boolean.TRUE.equals(table.get(key));
    }

    private static Map<String, Object> named(String name, List<Map<String, Object>> tables) {
        return tables.stream()
                .filter(table -> name.equals(table.get("table")))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> names(List<Map<String, Object>> tables, Predicate<Map<String, Object>> which) {
        return named(tables, "table", which);
    }

    private static Set<String> named(
            List<Map<String, Object>> tables, String key, Predicate<Map<String, Object>> which) {
        return tables.stream()
                .filter(which)
                .map(table -> String.valueOf(table.get(key)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What a query of the document, asked as it stands there, answers. */
    private Set<String> listed(String member, String filter) throws IOException {
        URI query = address("EntityDefinitions?$select=" + member + "&" + filter.replace(" ", "%20"));
        JsonNode value = new ObjectMapper().readTree(query.toURL()).get("value");
        return StreamSupport.stream(value.spliterator(), false)
                .map(each -> each.get(member).asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private URI address(String resource) {
        return URI.create(simulator.organizationUrl() + "/api/data/v9.2/" + resource);
    }
}
