package io.github.cameldataverse.changes.testkit.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Something is wrong with the first row of the page. A page without rows is left as it is.
 *
 * @param change changes the row
 */
public record MalformedRow(UnaryOperator<JsonNode> change) implements Fault {
    /** The row lacks this member, its primary id for example. */
    public static MalformedRow without(String member) {
        return new MalformedRow(row -> ((ObjectNode) row).without(member));
    }

    /** A member of the row has this text instead. */
    public static MalformedRow with(String member, String text) {
        return new MalformedRow(row -> ((ObjectNode) row).put(member, text));
    }

    /** The row is a text, not an object. */
    public static MalformedRow notAnObject() {
        return new MalformedRow(row -> TextNode.valueOf("row"));
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return ODataPageEditor.edit(proper.get(), this::changeFirst);
    }

    private void changeFirst(ObjectNode page) {
        if (page.path("value").has(0)) {
            ArrayNode rows = (ArrayNode) page.get("value");
            rows.set(0, change.apply(rows.get(0)));
        }
    }
}
