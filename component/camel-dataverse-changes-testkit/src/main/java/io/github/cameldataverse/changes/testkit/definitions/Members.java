package io.github.cameldataverse.changes.testkit.definitions;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.wire.Codes;
import io.github.cameldataverse.changes.testkit.wire.Query;
import io.github.cameldataverse.changes.testkit.wire.ServiceException;
import java.util.List;
import java.util.Optional;

/**
 * Which members of a definition are shown.
 *
 * @param text the value of {@code $select}, or empty for all
 */
record Members(Optional<String> text) {
    static Members of(Query query) {
        return new Members(query.value("$select").map(String::trim).filter(select -> !select.isEmpty()));
    }

    String inContext() {
        return text.map(select -> "(" + select + ")").orElse("");
    }

    ObjectNode of(ObjectNode all, String type) {
        if (text.isEmpty()) {
            return all;
        }
        ObjectNode chosen = JsonNodeFactory.instance.objectNode();
        for (String name : List.of(text.get().split(","))) {
            chosen.set(name.trim(), all.required(known(all, name.trim(), type)));
        }
        chosen.set(Definition.ID, all.required(Definition.ID));
        return chosen;
    }

    private static String known(ObjectNode all, String name, String type) {
        if (!all.has(name)) {
            throw new ServiceException(
                    400, Codes.NONE, "Could not find a property named '" + name + "' on type '" + type + "'.");
        }
        return name;
    }
}
