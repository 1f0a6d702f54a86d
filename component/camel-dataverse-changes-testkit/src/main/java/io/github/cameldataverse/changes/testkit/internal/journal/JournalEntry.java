package io.github.cameldataverse.changes.testkit.internal.journal;

import static io.github.cameldataverse.changes.testkit.internal.json.JsonText.quote;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationEvent;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import io.github.cameldataverse.changes.testkit.table.TableType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Converts an event to JSON text and back. The values of rows are kept as they are sent, digit by digit. */
final class JournalEntry {
    private static final byte[] WRITTEN = "{\"entry\":\"written\"".getBytes(UTF_8);
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            // Records by their components alone: some have further getters.
            .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
            .build();

    private JournalEntry() {}

    static String textOf(OrganizationEvent event) {
        Writer writer = new Writer();
        event.applyTo(writer);
        return writer.text;
    }

    /** Parses the text that begins at this position of a line. */
    static OrganizationEvent parse(byte[] line, int from) throws IOException {
        if (isWritten(line, from)) {
            return new WrittenParser().parse(line, from);
        }
        JsonNode json = MAPPER.readTree(line, from, line.length - from);
        return switch (json.path("entry").asText()) {
            case "defined" -> new OrganizationEvent.Defined(definition(json));
            case "removed" ->
                new OrganizationEvent.Removed(json.required("table").asText());
            case "clockMoved" ->
                new OrganizationEvent.ClockMoved(
                        Duration.parse(json.required("offset").asText()));
            case "advanced" ->
                new OrganizationEvent.Advanced(json.required("version").asLong());
            case "identified" ->
                new OrganizationEvent.Identified(
                        UUID.fromString(json.required("organization").asText()));
            case "emptied" -> new OrganizationEvent.Emptied();
            default -> throw new IllegalArgumentException("unknown entry");
        };
    }

    /** A journal of an earlier version says neither where the rows are kept nor what else names them. */
    private static TableSchema definition(JsonNode json) throws IOException {
        ObjectNode definition = (ObjectNode) json.required("definition");
        if (!definition.has("type")) {
            definition.put("type", TableType.STANDARD.name());
        }
        if (!definition.has("alternateKeys")) {
            definition.putArray("alternateKeys");
        }
        return MAPPER.treeToValue(definition, TableSchema.class);
    }

    private static boolean isWritten(byte[] line, int from) {
        int end = from + WRITTEN.length;
        return end <= line.length && Arrays.equals(line, from, end, WRITTEN, 0, WRITTEN.length);
    }

    /** Writes the text of one event. */
    private static final class Writer implements OrganizationEvent.Replay {
        private String text = "";

        @Override
        public void written(OrganizationEvent.Written write) {
            StringBuilder line = new StringBuilder("{\"entry\":\"written\",\"kind\":\"").append(write.kind());
            line.append("\",\"table\":\"").append(write.table());
            line.append("\",\"id\":\"").append(write.id());
            line.append("\",\"version\":").append(write.version());
            line.append(",\"at\":\"").append(write.at()).append("\",\"columns\":{");
            String comma = "";
            for (Map.Entry<String, String> column : write.columns().entrySet()) {
                line.append(comma).append(quote(column.getKey())).append(':').append(column.getValue());
                comma = ",";
            }
            text = line.append("}}").toString();
        }

        @Override
        public void defined(TableSchema definition) {
            text = "{\"entry\":\"defined\",\"definition\":" + MAPPER.valueToTree(definition) + "}";
        }

        @Override
        public void removed(String table) {
            text = "{\"entry\":\"removed\",\"table\":\"" + table + "\"}";
        }

        @Override
        public void clockMoved(Duration offset) {
            text = "{\"entry\":\"clockMoved\",\"offset\":\"" + offset + "\"}";
        }

        @Override
        public void emptied() {
            text = "{\"entry\":\"emptied\"}";
        }

        @Override
        public void identified(UUID organization) {
            text = "{\"entry\":\"identified\",\"organization\":\"" + organization + "\"}";
        }

        @Override
        public void advanced(long version) {
            text = "{\"entry\":\"advanced\",\"version\":" + version + "}";
        }
    }

    /** Parses a write token by token, since a journal has many of them. Values stay text, so that they keep every digit. */
    private static final class WrittenParser {
        private static final JsonFactory FACTORY = new JsonFactory();

        private final Map<String, String> members = new HashMap<>();
        private final Map<String, String> columns = new LinkedHashMap<>();

        OrganizationEvent parse(byte[] line, int from) throws IOException {
            try (JsonParser parser = FACTORY.createParser(line, from, line.length - from)) {
                parser.nextToken();
                readMembers(parser);
            }
            return new OrganizationEvent.Written(
                    OrganizationEvent.Kind.valueOf(member("kind")),
                    member("table"),
                    member("id"),
                    Long.parseLong(member("version")),
                    Instant.parse(member("at")),
                    columns);
        }

        private void readMembers(JsonParser parser) throws IOException {
            String name = parser.nextFieldName();
            while (name != null) {
                if (parser.nextToken() == JsonToken.START_OBJECT) {
                    readColumns(parser);
                } else {
                    members.put(name, parser.getText());
                }
                name = parser.nextFieldName();
            }
        }

        private void readColumns(JsonParser parser) throws IOException {
            String name = parser.nextFieldName();
            while (name != null) {
                boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
                columns.put(name, text ? quote(parser.getText()) : parser.getText());
                name = parser.nextFieldName();
            }
        }

        private String member(String name) {
            return Optional.ofNullable(members.get(name))
                    .orElseThrow(() -> new IllegalArgumentException("The member " + name + " is missing"));
        }
    }
}
