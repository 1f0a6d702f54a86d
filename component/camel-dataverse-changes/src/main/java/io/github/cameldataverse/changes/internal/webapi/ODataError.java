package io.github.cameldataverse.changes.internal.webapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.AnswerJson;
import io.github.cameldataverse.changes.internal.http.answer.ServiceText;
import io.github.cameldataverse.changes.internal.source.ServiceError;
import java.io.IOException;
import java.util.Optional;

/** Reads the error that an answer of the Web API carries. */
final class ODataError {

    private ODataError() {}

    static ServiceError of(Answer answer) {
        return parse(answer)
                .map(error -> ServiceError.of(
                        error.path("code").asText(""),
                        ServiceText.clean(error.path("message").asText(""))))
                .orElseGet(() -> ServiceError.in(answer));
    }

    private static Optional<JsonNode> parse(Answer answer) {
        try {
            JsonNode error = AnswerJson.beginning(answer.body()).path("error");
            return error.isObject() ? Optional.of(error) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
