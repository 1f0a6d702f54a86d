package io.github.cameldataverse.changes.webapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldataverse.changes.http.Answer;
import io.github.cameldataverse.changes.http.ServiceText;
import java.io.IOException;
import java.util.Optional;

/**
 * The error that an answer carries.
 *
 * @param code the platform's 32-bit code as it writes it, {@code 0x80044352}; empty if there is none
 * @param message the platform's words, cleaned
 */
record ODataError(String code, String message) {

    static final String EXPIRED_VERSION_STAMP = "0x80044352";
    static final String INVALID_ARGUMENT = "0x80040203";
    static final String NOT_TRACKED = "0x80072491";
    static final String OBJECT_DOES_NOT_EXIST = "0x80040217";
    static final String PRIVILEGE_DENIED = "0x80040220";
    static final String SQL_ERROR = "0x80044150";
    static final String SQL_TIMEOUT = "0x80044151";

    private static final ObjectMapper JSON = new ObjectMapper();

    static ODataError of(Answer answer) {
        return parse(answer)
                .map(error -> new ODataError(
                        normal(error.path("code").asText("")),
                        ServiceText.clean(error.path("message").asText(""))))
                .orElseGet(() -> new ODataError("", typeOf(answer)));
    }

    /** The error with its code, as a sentence shows it. */
    String text() {
        return code.isEmpty() ? message : message + " (" + code + ")";
    }

    private static Optional<JsonNode> parse(Answer answer) {
        try {
            JsonNode error = JSON.readTree(
                            answer.body().bytes(), 0, answer.body().length())
                    .path("error");
            return error.isObject() ? Optional.of(error) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static String typeOf(Answer answer) {
        return "an answer of the type "
                + ServiceText.clean(answer.header("content-type").orElse("(none)")) + ", " + answer.body();
    }

    /** Most of the platform writes codes in hex, some of it in signed decimal. */
    private static String normal(String code) {
        if (code.matches("-?\\d{5,11}")) {
            return String.format("0x%08X", (int) Long.parseLong(code));
        }
        return code.matches("0[xX][0-9a-fA-F]{8}") ? "0x" + code.substring(2).toUpperCase(java.util.Locale.ROOT) : "";
    }
}
