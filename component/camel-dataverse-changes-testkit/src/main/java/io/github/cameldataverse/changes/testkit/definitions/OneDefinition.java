package io.github.cameldataverse.changes.testkit.definitions;

import io.github.cameldataverse.changes.testkit.model.Organization;
import io.github.cameldataverse.changes.testkit.model.TableDefinition;
import io.github.cameldataverse.changes.testkit.wire.Codes;
import io.github.cameldataverse.changes.testkit.wire.ServiceException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code EntityDefinitions(LogicalName='account')} or {@code EntityDefinitions(<id>)} names. */
record OneDefinition(@Nullable String name, @Nullable String id, boolean attributes, boolean dateTimes) {
    private static final Pattern FORM =
            Pattern.compile("EntityDefinitions\\((?:LogicalName='([^']*)'|([0-9a-fA-F-]{36}))\\)"
                    + "(/Attributes(/Microsoft\\.Dynamics\\.CRM\\.DateTimeAttributeMetadata)?)?");

    /** What a path names; a path of any other form is refused. */
    static OneDefinition of(String resource) {
        Matcher one = FORM.matcher(resource);
        if (!one.matches()) {
            throw new ServiceException(404, Codes.RESOURCE, "Resource not found for the segment '" + resource + "'.");
        }
        return new OneDefinition(one.group(1), one.group(2), one.group(3) != null, one.group(4) != null);
    }

    /** The definition of this logical name. */
    static OneDefinition named(String logicalName) {
        return new OneDefinition(logicalName, null, false, false);
    }

    TableDefinition in(Organization organization) {
        return organization.definitions().stream()
                .filter(table -> name != null
                        ? table.logicalName().equals(name)
                        : Definition.id(table.logicalName()).equalsIgnoreCase(id))
                .findFirst()
                .orElseThrow(() -> new ServiceException(
                        404,
                        Codes.NO_SUCH_ROW,
                        "Could not find an entity with name " + name + " and id "
                                + Optional.ofNullable(id).orElse("00000000-0000-0000-0000-000000000000") + "."));
    }
}
