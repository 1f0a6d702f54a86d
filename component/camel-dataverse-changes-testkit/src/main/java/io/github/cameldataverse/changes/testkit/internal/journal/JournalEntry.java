package io.github.cameldataverse.changes.testkit.internal.journal;

import static io.github.cameldataverse.changes.testkit.internal.json.JsonText.quote;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationEvent;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** An entry as a line of JSON and back. The values of rows are in it as they are sent: digit by digit. */
final class JournalEntry implements OrganizationEvent.Replay {
    private static final byte[] WRITTEN = "{\"entry\":\"written\"".getBytes(UTF_8);
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            // Records as their components say, not with every question one can ask of them.
            .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
            .build();

    private String text = "";

    private JournalEntry() {}

    static String of(OrganizationEvent entry) {
        JournalEntry writer = new JournalEntry();
        entry.applyTo(writer);
        return writer.text;
    }

    /** Reads what begins there in a line. */
    static OrganizationEvent read(byte[] line, int from) throws IOException {
        if (isWritten(line, from)) {
            return WrittenRowReader.written(line, from);
        }
        JsonNode json = MAPPER.readTree(line, from, line.length - from);
        return switch (json.path("entry").asText()) {
            case "defined" ->
                new OrganizationEvent.Defined(MAPPER.treeToValue(json.get("definition"), TableSchema.class));
            case "clockMoved" ->
                new OrganizationEvent.ClockMoved(
                        Duration.parse(json.required("offset").asText()));
            case "advanced" ->
                new OrganizationEvent.Advanced(json.required("version").asLong());
            case "emptied" -> new OrganizationEvent.Emptied();
            default -> throw new IllegalArgumentException("unknown entry");
        };
    }

    private static boolean isWritten(byte[] line, int from) {
        int end = from + WRITTEN.length;
        return end <= line.length && Arrays.equals(line, from, end, WRITTEN, 0, WRITTEN.length);
    }

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
    public void clockMoved(Duration offset) {
        text = "{\"entry\":\"clockMoved\",\"offset\":\"" + offset + "\"}";
    }

    @Override
    public void emptied() {
        text = "{\"entry\":\"emptied\"}";
    }

    @Override
    public void advanced(long version) {
        text = "{\"entry\":\"advanced\",\"version\":" + version + "}";
    }
}
