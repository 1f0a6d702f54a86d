package io.github.cameldataverse.changes.testkit.internal.webapi;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.definition.EntityDefinitionQuery;
import io.github.cameldataverse.changes.testkit.internal.definition.EntityDefinitionUpdates;
import io.github.cameldataverse.changes.testkit.internal.definition.OrganizationQuery;
import io.github.cameldataverse.changes.testkit.internal.definition.OrganizationUpdates;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.switches.Switches;

/**
 * Changes definitions: a PUT of one, and {@code PublishXml}; a PATCH of one is refused, as on the platform. And the settings of
 * the organization, by a PATCH.
 */
final class DefinitionWriteEndpoint implements WebApiEndpoint {
    private final EntityDefinitionUpdates writes;
    private final OrganizationUpdates settings;

    DefinitionWriteEndpoint(OrganizationTables organization, Switches switches, EntityDefinitionUpdates writes) {
        this.writes = writes;
        this.settings = new OrganizationUpdates(new OrganizationQuery(organization, switches), switches);
    }

    @Override
    public boolean handles(WebApiRequest call) {
        return !call.isGet()
                && (isPublish(call)
                        || EntityDefinitionQuery.isFor(call.resource())
                        || OrganizationQuery.isFor(call.resource()));
    }

    @Override
    public ServiceResponse answer(WebApiRequest call) {
        String method = call.request().method();
        if (isPublish(call) && "POST".equals(method)) {
            return writes.publish(call.request());
        }
        if (OrganizationQuery.isFor(call.resource()) && "PATCH".equals(method)) {
            return settings.patch(call.request(), call.resource());
        }
        if (EntityDefinitionQuery.isFor(call.resource()) && "PUT".equals(method)) {
            return writes.put(call.request(), call.resource());
        }
        throw new ServiceRefusalException(405, ErrorCodes.NONE, "The method is not allowed here.");
    }

    private static boolean isPublish(WebApiRequest call) {
        return "PublishXml".equals(call.resource());
    }
}
