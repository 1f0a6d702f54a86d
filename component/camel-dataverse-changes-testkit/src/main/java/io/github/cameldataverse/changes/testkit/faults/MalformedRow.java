package io.github.cameldataverse.changes.testkit.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Something is wrong with the first row of the page. A page without rows, and any of the Organization Service, is left as it
 * is.
 *
 * @param change changes the row
 */
public record MalformedRow(UnaryOperator<JsonNode> change) implements Fault {
    public MalformedRow {
        Argument.given("MalformedRow.change", change);
    }

    /** The row lacks this member, its primary id for example. */
    public static MalformedRow without(String member) {
        Argument.text("The member of MalformedRow.without", member);
        return new MalformedRow(row -> row.isObject() ? ((ObjectNode) row).without(member) : row);
    }

    /** A member of the row has this text instead; a row that lacks the member is left as it is. */
    public static MalformedRow with(String member, String text) {
        Argument.text("The member of MalformedRow.with", member);
        Argument.given("The text of MalformedRow.with", text);
        return new MalformedRow(row -> row.has(member) ? ((ObjectNode) row).put(member, text) : row);
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
