package io.github.cameldataverse.changes.benchmarks.reader;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.github.cameldataverse.changes.benchmarks.reader.HttpClientReader.Found;
import io.github.cameldataverse.changes.benchmarks.reader.HttpClientReader.PageReader;
import java.io.IOException;
import java.util.Map;

/** Makes a map of each row, one after the other, as it comes out of Jackson's parser: the floor for a map per row. */
final class JacksonMaps implements PageReader {

    private final ObjectMapper mapper = new ObjectMapper();
    private final ObjectReader rows = mapper.readerFor(new TypeReference<Map<String, Object>>() {});
    private long columns;

    @Override
    public Found read(byte[] page) throws IOException {
        long count = 0;
        String nextLink = "";
        try (JsonParser json = mapper.createParser(page)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String member = json.currentName();
                if (json.nextToken() == JsonToken.START_ARRAY) {
                    count += rows(json);
                } else if (member.equals("@odata.nextLink")) {
                    nextLink = json.getText();
                }
            }
        }
        return new Found(count, nextLink);
    }

    private long rows(JsonParser json) throws IOException {
        long count = 0;
        while (json.nextToken() == JsonToken.START_OBJECT) {
            Map<String, Object> row = rows.readValue(json);
            columns += row.size();
            count++;
        }
        return count;
    }

    @Override
    public String toString() {
        return columns + " columns";
    }
}
