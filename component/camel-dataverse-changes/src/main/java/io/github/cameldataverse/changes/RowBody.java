package io.github.cameldataverse.changes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.cameldataverse.changes.Subscription.BodyType;
import io.github.cameldataverse.changes.change.Row;
import java.util.LinkedHashMap;

/** Turns a row into a message body. No number passes through a double. */
final class RowBody {

    private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

    private final BodyType type;
    private final ObjectMapper json;

    RowBody(BodyType type, int maxRowBytes) {
        this.type = type;
        this.json = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_LONG_FOR_INTS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
                .build();
        json.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(maxRowBytes)
                        .build());
    }

    Object of(Row row) {
        try {
            return switch (type) {
                case STRING -> row.text();
                case MAP -> json.readValue(row.text(), MAP);
                case NODE -> json.readTree(row.text());
            };
        } catch (JsonProcessingException e) {
            // The page scanner has read the same bytes before.
            throw new IllegalStateException("A row that was read before cannot be read again", e);
        }
    }
}
