package io.github.cameldataverse.changes.testkit.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Edits the JSON of a page; numbers keep every digit. A response that is no such page is left as it is. */
final class ODataPageEditor {
    static final String NEXT_LINK = "@odata.nextLink";
    static final String DELTA_LINK = "@odata.deltaLink";

    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
            .build();

    private ODataPageEditor() {}

    static ServiceResponse edit(ServiceResponse response, Consumer<ObjectNode> edit) {
        if (response.status() != 200
                || !response.header("Content-Type").orElse("").startsWith("application/json")) {
            return response;
        }
        try {
            JsonNode page = EXACT.readTree(response.body().bytes());
            return page.path("value").isArray() ? edited(response, (ObjectNode) page, edit) : response;
        } catch (IOException own) {
            throw new UncheckedIOException("The simulator made JSON that cannot be read", own);
        }
    }

    /** The response itself if the page is the same afterwards: then nothing in it has been written anew. */
    private static ServiceResponse edited(ServiceResponse response, ObjectNode page, Consumer<ObjectNode> edit)
            throws JsonProcessingException {
        String before = EXACT.writeValueAsString(page);
        edit.accept(page);
        String after = EXACT.writeValueAsString(page);
        return before.equals(after) ? response : response.body(ResponseBody.of(after));
    }
}
