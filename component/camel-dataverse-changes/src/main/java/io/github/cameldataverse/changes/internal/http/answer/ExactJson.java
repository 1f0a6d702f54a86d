package io.github.cameldataverse.changes.internal.http.answer;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@code ObjectMapper} that reads JSON of the service: money keeps its digits, whole numbers of any size too, and a
 * column that was cleared stays there as null.
 */
public final class ExactJson {

    /** Most names and values. A tree takes up to thirty times the bytes of its JSON, so it is the tree that is bounded. */
    private static final int MOST_TOKENS = 300_000;

    private ExactJson() {}

    /**
     * A copy of the user's mapper, or a mapper of our own.
     *
     * @param users stays as it is; null for none
     * @param maxTextLength longest text that it reads, in characters
     * @throws IllegalArgumentException with a sentence, if the user's mapper cannot be copied
     */
    public static ObjectMapper mapper(@Nullable ObjectMapper users, int maxTextLength) {
        ObjectMapper mapper = exact(users == null ? new JsonMapper() : copied(users));
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(maxTextLength)
                        .maxTokenCount(MOST_TOKENS)
                        .build());
        return mapper;
    }

    /** What to say of a row that is beyond the limits; without the cause, whose message may hold content of the row. */
    public static IllegalArgumentException beyondLimits() {
        return new IllegalArgumentException(
                "The row has more names and values, or a longer text, than is read of one; with"
                        + " bodyType=string and without upsertKind it stays as it was served");
    }

    private static ObjectMapper copied(ObjectMapper users) {
        try {
            return users.copy();
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(
                    "The objectMapper of the class " + users.getClass().getName()
                            + " cannot be copied, because the class does not override copy()",
                    e);
        }
    }

    private static ObjectMapper exact(ObjectMapper mapper) {
        mapper.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                // Otherwise small whole numbers would no longer be a Long; large ones are a BigInteger anyway.
                .disable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                .disable(DeserializationFeature.USE_LONG_FOR_INTS)
                .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));
        // For trees these win over the features above, if the user has set them.
        mapper.setConfig(mapper.getDeserializationConfig()
                .withFeatures(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS, JsonNodeFeature.READ_NULL_PROPERTIES)
                .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES));
        // The message of an exception would show the row.
        mapper.getFactory().configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION.mappedFeature(), false);
        return mapper;
    }
}
