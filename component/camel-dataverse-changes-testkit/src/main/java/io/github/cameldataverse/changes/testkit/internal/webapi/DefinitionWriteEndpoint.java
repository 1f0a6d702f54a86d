package io.github.cameldataverse.changes.testkit.internal.webapi;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.definition.EntityDefinitionQuery;
import io.github.cameldataverse.changes.testkit.internal.definition.EntityDefinitionUpdates;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.switches.Switches;

/** Changes definitions: a PUT of one, and {@code PublishXml}. A PATCH is refused, as on the platform. */
final class DefinitionWriteEndpoint implements WebApiEndpoint {
    private final EntityDefinitionUpdates writes;

    DefinitionWriteEndpoint(OrganizationTables organization, Switches switches) {
        this.writes = new EntityDefinitionUpdates(organization, switches);
    }

    @Override
    public boolean handles(WebApiRequest call) {
        return !call.isGet() && (isPublish(call) || EntityDefinitionQuery.isFor(call.resource()));
    }

    @Override
    public ServiceResponse answer(WebApiRequest call) {
        String method = call.request().method();
        if (isPublish(call) && "POST".equals(method)) {
            return writes.publish(call.request());
        }
        if (!isPublish(call) && "PUT".equals(method)) {
            return writes.put(call.request(), call.resource());
        }
        throw new ServiceRefusalException(405, ErrorCodes.NONE, "The method is not allowed here.");
    }

    private static boolean isPublish(WebApiRequest call) {
        return "PublishXml".equals(call.resource());
    }
}
