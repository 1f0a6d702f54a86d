package io.github.cameldataverse.changes.testkit.internal.definition;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path {@code EntityDefinitions(LogicalName='account')} or {@code EntityDefinitions(<id>)}, perhaps with attributes or keys.
 *
 * @param name logical name, if the path has one
 * @param id id of the definition, if the path has one
 * @param part the requested part of the definition
 */
record EntityDefinitionKey(Optional<String> name, Optional<String> id, Part part) {
    private static final String NO_ID = "00000000-0000-0000-0000-000000000000";
    private static final Pattern FORM =
            Pattern.compile("EntityDefinitions\\((?:LogicalName='([^']*)'|([0-9a-fA-F-]{36}))\\)"
                    + "(/Attributes(/Microsoft\\.Dynamics\\.CRM\\.DateTimeAttributeMetadata)?|/Keys)?");

    /** A part of a definition. */
    enum Part {
        DEFINITION,
        ATTRIBUTES,
        DATE_TIME_ATTRIBUTES,
        KEYS
    }

    /** Parses a path; one of any other form is refused. */
    static EntityDefinitionKey of(String resource) {
        Matcher path = FORM.matcher(resource);
        if (!path.matches()) {
            throw new ServiceRefusalException(
                    404, ErrorCodes.RESOURCE, "Resource not found for the segment '" + resource + "'.");
        }
        return new EntityDefinitionKey(
                Optional.ofNullable(path.group(1)), Optional.ofNullable(path.group(2)), part(path));
    }

    /** The key of the definition with this logical name. */
    static EntityDefinitionKey named(String logicalName) {
        return new EntityDefinitionKey(Optional.of(logicalName), Optional.empty(), Part.DEFINITION);
    }

    TableSchema in(OrganizationTables organization) {
        return organization.definitions().stream()
                .filter(this::matches)
                .findFirst()
                .orElseThrow(() -> new ServiceRefusalException(
                        404,
                        ErrorCodes.NO_SUCH_ROW,
                        "Could not find an entity with name " + name.orElse("null") + " and id " + id.orElse(NO_ID)
                                + "."));
    }

    private boolean matches(TableSchema table) {
        return name.map(table.logicalName()::equals)
                .orElseGet(() -> EntityDefinition.id(table.logicalName()).equalsIgnoreCase(id.orElse("")));
    }

    private static Part part(Matcher path) {
        if (path.group(4) != null) {
            return Part.DATE_TIME_ATTRIBUTES;
        }
        if ("/Keys".equals(path.group(3))) {
            return Part.KEYS;
        }
        return path.group(3) == null ? Part.DEFINITION : Part.ATTRIBUTES;
    }
}
