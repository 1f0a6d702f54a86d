package io.github.cameldataverse.changes.testkit.journal;

import static io.github.cameldataverse.changes.testkit.harness.WebApiClient.TRACK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import io.github.cameldataverse.changes.testkit.table.ColumnType;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import io.github.cameldataverse.changes.testkit.table.TableType;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrganizationJournalTest {
    @TempDir
    Path directory;

    @Test
    void rowsTombstonesVersionsDefinitionsAndTheClockSurviveARestart() {
        Map<String, Map<String, Object>> rows;
        String name;
        URI delta;
        try (DataverseSimulator simulator = open()) {
            fill(simulator);
            simulator.clock().advance(Duration.ofDays(3));
            delta = WebApiClient.deltaLink(WebApiClient.pages(accounts(simulator), TRACK));
            String gone = simulator.table("account").create(Map.of("name", "Gone"));
            simulator.table("account").delete(gone);
            name = gone;
            rows = simulator.table("account").rows();
        }
        try (DataverseSimulator simulator = open()) {
            assertThat(simulator.table("account").rows()).isEqualTo(rows);
            assertThat(simulator.table("new_project").rows()).hasSize(1);
            assertThat(simulator.table("new_project").definition().type()).isEqualTo(TableType.ELASTIC);
            assertThat(Duration.between(Instant.now(), simulator.clock().instant()))
                    .isGreaterThan(Duration.ofDays(2));
            JsonNode changes = WebApiClient.get(moved(delta, simulator)).json().get("value");
            assertThat(changes).hasSize(1);
            assertThat(changes.get(0).get("id").asText()).isEqualTo(name);
            long before = rows.values().stream()
                    .mapToLong(row -> (Long) row.get("versionnumber"))
                    .max()
                    .orElseThrow();
            String born = simulator.table("account").create(Map.of("name", "Later"));
            assertThat(simulator.table("account").version(born)).isGreaterThan(before);
        }
    }

    @Test
    void aJournalOfAnEarlierVersionHasStandardTables() throws IOException {
        String definition = "{\"entry\":\"defined\",\"definition\":{\"names\":{\"logicalName\":\"new_old\","
                + "\"schemaName\":\"New_old\",\"entitySetName\":\"new_olds\",\"primaryIdColumn\":\"new_oldid\","
                + "\"primaryNameColumn\":\"name\"},\"columns\":[],\"custom\":true,\"tracked\":true,\"canBeTracked\":true}}";
        CRC32 checksum = new CRC32();
        checksum.update(definition.getBytes(UTF_8));
        Files.writeString(journal(), "%08x %s%n".formatted(checksum.getValue(), definition));
        try (DataverseSimulator simulator = open()) {
            assertThat(simulator.table("new_old").definition().type()).isEqualTo(TableType.STANDARD);
        }
    }

    @Test
    void whatWasTornOffAtTheEndIsIgnoredAndWrittenOver() throws IOException {
        try (DataverseSimulator simulator = open()) {
            simulator.table("account").create(Map.of("name", "First"));
            simulator.table("account").create(Map.of("name", "Second"));
        }
        byte[] whole = Files.readAllBytes(journal());
        int lastLine = new String(whole, UTF_8).stripTrailing().lastIndexOf('\n') + 1;
        for (int length = lastLine; length < whole.length; length += 11) {
            Files.write(journal(), Arrays.copyOf(whole, length));
            try (DataverseSimulator simulator = open()) {
                assertThat(names(simulator)).containsExactly("First");
                simulator.table("account").create(Map.of("name", "Third"));
            }
            try (DataverseSimulator simulator = open()) {
                assertThat(names(simulator)).containsExactly("First", "Third");
            }
        }
    }

    @Test
    void damageInTheMiddleIsRefusedWithTheLineAndWhatToDo() throws IOException {
        try (DataverseSimulator simulator = open()) {
            simulator.table("account").create(Map.of("name", "First"));
        }
        byte[] bytes = Files.readAllBytes(journal());
        bytes[30] ^= 1;
        Files.write(journal(), bytes);
        assertThatThrownBy(this::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in line 1, its checksum does not fit")
                .hasMessageContaining("Remove the file to start with an empty organization");
        Files.delete(journal());
        open().close();
    }

    @Test
    void aSecondSimulatorOnTheSameDirectoryIsRefused() {
        try (DataverseSimulator simulator = open()) {
            assertThat(simulator.table("account").size()).isZero();
            assertThatThrownBy(this::open)
                    .hasMessageContaining("is in use by another simulator; stop that one, or take another directory");
        }
    }

    @Test
    void aWriteOverHttpIsInTheJournalWhenItIsAnswered() throws IOException {
        try (DataverseSimulator simulator = open()) {
            WebApiClient.send(HttpRequest.newBuilder(accounts(simulator))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Posted\"}"))
                    .build());
            assertThat(Files.readString(journal())).contains("\"name\":\"Posted\"");
        }
    }

    @Test
    void emptyingSurvivesARestartAndVersionsGoOnRising() {
        long before;
        try (DataverseSimulator simulator = open()) {
            before = simulator
                    .table("account")
                    .version(simulator.table("account").create(Map.of("name", "Gone")));
            simulator.reset();
        }
        try (DataverseSimulator simulator = open()) {
            assertThat(simulator.table("account").size()).isZero();
            String id = simulator.table("account").create(Map.of("name", "New"));
            assertThat(simulator.table("account").version(id)).isGreaterThan(before);
        }
    }

    @Test
    void aLongJournalIsWrittenAnewAndTellsTheSame() throws IOException {
        Map<String, Map<String, Object>> rows;
        URI delta;
        try (DataverseSimulator simulator = open()) {
            fill(simulator);
            delta = WebApiClient.deltaLink(WebApiClient.pages(accounts(simulator), TRACK));
            String returned = simulator.table("account").create(Map.of("name", "Returned"));
            simulator.table("account").delete(returned);
            simulator.table("account").restore(returned);
            simulator.table("account").delete(simulator.table("account").create(Map.of("name", "Gone")));
            String busy = simulator.table("account").ids().get(0);
            String memo = "x".repeat(10_000);
            for (int i = 0; i < 900; i++) {
                simulator.table("account").update(busy, Map.of("description", memo + i));
            }
            rows = simulator.table("account").rows();
        }
        long before = Files.size(journal());
        List<JsonNode> changes;
        try (DataverseSimulator simulator = open()) {
            assertThat(Files.size(journal())).isLessThan(before / 10);
            assertThat(simulator.table("account").rows()).isEqualTo(rows);
            changes = WebApiClient.values(WebApiClient.pages(moved(delta, simulator)));
            assertThat(changes).hasSize(3);
            simulator.table("account").create(Map.of("name", "Behind"));
        }
        try (DataverseSimulator simulator = open()) {
            assertThat(simulator.table("account").rows()).hasSize(rows.size() + 1);
            assertThat(WebApiClient.values(WebApiClient.pages(moved(delta, simulator)))
                            .subList(0, 2))
                    .extracting(row -> row.get("@odata.etag"))
                    .isEqualTo(changes.subList(0, 2).stream()
                            .map(row -> row.get("@odata.etag"))
                            .toList());
        }
    }

    private static void fill(DataverseSimulator simulator) {
        simulator.define(TableSchema.named("new_project")
                .column("new_name", ColumnType.TEXT)
                .type(TableType.ELASTIC));
        simulator.table("new_project").create(Map.of("new_name", "Bridge"));
        simulator
                .table("account")
                .create(Map.of(
                        "name",
                        "Ünïcode \"大阪\" \uD83D\uDE00 \\ \n\t",
                        "revenue",
                        new BigDecimal("1234567890123456789.1200"),
                        "address1_latitude",
                        new BigDecimal("-0.0000001"),
                        "numberofemployees",
                        Integer.MAX_VALUE,
                        "creditonhold",
                        true,
                        "new_customersince",
                        LocalDate.of(1999, 12, 31),
                        "lastonholdtime",
                        Instant.parse("2026-01-02T03:04:05Z")));
    }

    private DataverseSimulator open() {
        return DataverseSimulator.builder().journal(directory).build();
    }

    private Path journal() {
        return directory.resolve("organization.journal");
    }

    private static URI accounts(DataverseSimulator simulator) {
        return URI.create(simulator.organizationUrl() + "/api/data/v9.2/accounts");
    }

    /** The same link at the port of another simulator. */
    private static URI moved(URI link, DataverseSimulator simulator) {
        return URI.create(simulator.organizationUrl() + link.getRawPath() + "?" + link.getRawQuery());
    }

    private static List<Object> names(DataverseSimulator simulator) {
        return simulator.table("account").rows().values().stream()
                .map(row -> row.get("name"))
                .toList();
    }
}
