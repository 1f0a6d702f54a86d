package io.github.cameldataverse.changes.testkit.internal.definition;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.QueryParameters;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The collections of a definition that {@code $expand} asks for, {@code Attributes} and {@code Keys}, each perhaps with a
 * {@code $select} of its own. Another one is refused: left out in silence, it would look empty.
 */
record ExpandedProperties(Map<String, SelectedProperties> members) {
    private static final Pattern MEMBER =
            Pattern.compile("\\s*(\\w+)\\s*(?:\\(\\s*\\$select=([\\w,\\s]*)\\))?\\s*(?:,|$)");

    static ExpandedProperties of(QueryParameters query) {
        Map<String, SelectedProperties> members = new LinkedHashMap<>();
        String text = query.value("$expand").orElse("");
        Matcher member = MEMBER.matcher(text);
        int read = 0;
        while (read < text.length() && member.find(read) && member.start() == read) {
            members.put(known(member.group(1)), new SelectedProperties(Optional.ofNullable(member.group(2))));
            read = member.end();
        }
        if (read < text.length()) {
            throw refused("The simulator cannot read the $expand '" + text + "'.");
        }
        return new ExpandedProperties(members);
    }

    ObjectNode addedTo(ObjectNode definition, TableSchema table) {
        members.forEach((name, selected) -> {
            ArrayNode values = definition.putArray(name);
            elements(name, table).forEach(each -> values.add(selected.of(each, "microsoft.dynamics.crm." + name)));
        });
        return definition;
    }

    private static List<ObjectNode> elements(String name, TableSchema table) {
        return "Keys".equals(name)
                ? AlternateKeyDefinition.of(table).stream()
                        .map(AlternateKeyDefinition::json)
                        .toList()
                : AttributeDefinition.of(table).stream()
                        .map(AttributeDefinition::json)
                        .toList();
    }

    private static String known(String name) {
        if (!"Keys".equals(name) && !"Attributes".equals(name)) {
            throw refused(
                    "Could not find a property named '" + name + "' on type 'Microsoft.Dynamics.CRM.EntityMetadata'.");
        }
        return name;
    }

    private static ServiceRefusalException refused(String message) {
        return new ServiceRefusalException(400, ErrorCodes.RESOURCE, message);
    }
}
