package io.github.cameldataverse.changes.harness;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** What an application may already have in its registry. */
public final class OtherFrameworksMapper {

    private OtherFrameworksMapper() {}

    /** Configured as Quarkus configures its default mapper, which reads a decimal number as a double. */
    public static ObjectMapper likeThatOfQuarkus() {
        return new ObjectMapper()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .registerModule(new JavaTimeModule());
    }
}
