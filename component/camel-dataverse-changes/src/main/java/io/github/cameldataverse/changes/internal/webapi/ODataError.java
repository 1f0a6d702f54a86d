package io.github.cameldataverse.changes.internal.webapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.AnswerJson;
import io.github.cameldataverse.changes.internal.source.ServiceError;
import java.io.IOException;
import java.util.Optional;

/** Reads the error that an answer of the Web API carries. */
final class ODataError {

    private ODataError() {}

    static ServiceError of(Answer answer) {
        return parse(answer)
                .map(error -> ServiceError.of(
                        answer,
                        error.path("code").asText(""),
                        error.path("message").asText("")))
                .orElseGet(() -> ServiceError.foreign(answer));
    }

    /** Some layers of the service leave the envelope out. */
    private static boolean isBare(JsonNode error) {
        return error.path("code").isValueNode() && error.path("message").isTextual();
    }

    private static Optional<JsonNode> parse(Answer answer) {
        try {
            JsonNode whole = AnswerJson.beginning(answer.body());
            JsonNode error = whole.path("error");
            return error.isObject() ? Optional.of(error) : Optional.of(whole).filter(ODataError::isBare);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
