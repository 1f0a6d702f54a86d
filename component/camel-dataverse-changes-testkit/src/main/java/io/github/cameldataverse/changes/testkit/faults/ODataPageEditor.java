package io.github.cameldataverse.changes.testkit.faults;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Changes the JSON of a page; numbers keep every digit. An answer that is no page stays as it is. */
final class ODataPageEditor {
    static final String NEXT_LINK = "@odata.nextLink";
    static final String DELTA_LINK = "@odata.deltaLink";

    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
            .build();

    private ODataPageEditor() {}

    static ServiceResponse edit(ServiceResponse answer, Consumer<ObjectNode> edit) {
        if (answer.status() != 200 || !answer.header("Content-Type").orElse("").startsWith("application/json")) {
            return answer;
        }
        try {
            ObjectNode page = (ObjectNode) EXACT.readTree(answer.body().bytes());
            edit.accept(page);
            return answer.body(ResponseBody.of(EXACT.writeValueAsBytes(page)));
        } catch (IOException own) {
            throw new UncheckedIOException("The simulator made JSON that cannot be read", own);
        }
    }
}
