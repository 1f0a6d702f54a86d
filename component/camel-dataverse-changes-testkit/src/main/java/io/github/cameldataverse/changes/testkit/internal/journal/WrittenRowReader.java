package io.github.cameldataverse.changes.testkit.internal.journal;

import static io.github.cameldataverse.changes.testkit.internal.json.JsonText.quote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a write from its line, token by token: a journal has many of them. The values of the row keep every digit, as
 * they are taken over as text.
 */
final class WrittenRowReader {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Map<String, String> members = new HashMap<>();
    private final Map<String, String> columns = new LinkedHashMap<>();

    private WrittenRowReader() {}

    static OrganizationEvent written(byte[] line, int from) throws IOException {
        WrittenRowReader reader = new WrittenRowReader();
        try (JsonParser parser = FACTORY.createParser(line, from, line.length - from)) {
            parser.nextToken();
            reader.readMembers(parser);
        }
        return reader.entry();
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

    private OrganizationEvent entry() {
        return new OrganizationEvent.Written(
                OrganizationEvent.Kind.valueOf(member("kind")),
                member("table"),
                member("id"),
                Long.parseLong(member("version")),
                Instant.parse(member("at")),
                columns);
    }

    private String member(String name) {
        String value = members.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The member " + name + " is missing");
        }
        return value;
    }
}
