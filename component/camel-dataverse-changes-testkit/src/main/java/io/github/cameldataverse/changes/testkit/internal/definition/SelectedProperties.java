package io.github.cameldataverse.changes.testkit.internal.definition;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.QueryParameters;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import java.util.List;
import java.util.Optional;

/**
 * The properties of a definition that {@code $select} asks for.
 *
 * @param text the value of {@code $select}, or empty for all
 */
record SelectedProperties(Optional<String> text) {
    static SelectedProperties of(QueryParameters query) {
        return new SelectedProperties(query.value("$select").map(String::trim).filter(select -> !select.isEmpty()));
    }

    String inContext() {
        return text.map(select -> "(" + select + ")").orElse("");
    }

    /** The selected properties in their order, and the id, which is always included. */
    ObjectNode of(ObjectNode all, String type) {
        if (text.isEmpty()) {
            return all;
        }
        ObjectNode chosen = JsonNodeFactory.instance.objectNode();
        for (String name : List.of(text.get().split(","))) {
            chosen.set(name.trim(), all.required(known(all, name.trim(), type)));
        }
        chosen.set(EntityDefinition.ID, all.required(EntityDefinition.ID));
        return chosen;
    }

    private static String known(ObjectNode all, String name, String type) {
        if (!all.has(name)) {
            throw new ServiceRefusalException(
                    400, ErrorCodes.NONE, "Could not find a property named '" + name + "' on type '" + type + "'.");
        }
        return name;
    }
}
