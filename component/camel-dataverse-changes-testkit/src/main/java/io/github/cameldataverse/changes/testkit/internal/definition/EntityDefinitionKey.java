package io.github.cameldataverse.changes.testkit.internal.definition;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code EntityDefinitionQuery(LogicalName='account')} or {@code EntityDefinitionQuery(<id>)} names. */
record EntityDefinitionKey(@Nullable String name, @Nullable String id, boolean attributes, boolean dateTimes) {
    private static final Pattern FORM =
            Pattern.compile("EntityDefinitions\\((?:LogicalName='([^']*)'|([0-9a-fA-F-]{36}))\\)"
                    + "(/Attributes(/Microsoft\\.Dynamics\\.CRM\\.DateTimeAttributeMetadata)?)?");

    /** What a path names; a path of any other form is refused. */
    static EntityDefinitionKey of(String resource) {
        Matcher one = FORM.matcher(resource);
        if (!one.matches()) {
            throw new ServiceRefusalException(
                    404, ErrorCodes.RESOURCE, "Resource not found for the segment '" + resource + "'.");
        }
        return new EntityDefinitionKey(one.group(1), one.group(2), one.group(3) != null, one.group(4) != null);
    }

    /** The definition of this logical name. */
    static EntityDefinitionKey named(String logicalName) {
        return new EntityDefinitionKey(logicalName, null, false, false);
    }

    TableSchema in(OrganizationTables organization) {
        return organization.definitions().stream()
                .filter(table -> name != null
                        ? table.logicalName().equals(name)
                        : EntityDefinition.id(table.logicalName()).equalsIgnoreCase(id))
                .findFirst()
                .orElseThrow(() -> new ServiceRefusalException(
                        404,
                        ErrorCodes.NO_SUCH_ROW,
                        "Could not find an entity with name " + name + " and id "
                                + Optional.ofNullable(id).orElse("00000000-0000-0000-0000-000000000000") + "."));
    }
}
