package io.github.cameldataverse.changes.internal.http.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The JSON of small answers as a tree. No number changes on the way, because a definition that is read is written back with
 * one member changed.
 */
public final class AnswerJson {

    private static final int LONGEST_TEXT = 1024 * 1024;

    private static final ObjectMapper EXACT = ExactJson.mapper(null, LONGEST_TEXT);

    private AnswerJson() {}

    /** The value that the body is, to its last byte. */
    public static JsonNode whole(Body body) throws IOException {
        return read(EXACT.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS), body);
    }

    /** The value that the body begins with; what follows is not looked at. */
    public static JsonNode beginning(Body body) throws IOException {
        return read(EXACT.reader(), body);
    }

    private static JsonNode read(ObjectReader reader, Body body) throws IOException {
        try {
            return reader.readTree(body.bytes(), 0, body.length());
        } catch (NumberFormatException e) {
            // Its message holds the number, which is content of the answer.
            throw new IOException("a number has too many digits in its exponent");
        }
    }

    /** The body of a request. */
    public static byte[] bytes(JsonNode tree) {
        try {
            return EXACT.writeValueAsString(tree).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of JSON nodes can always be written", e);
        }
    }
}
