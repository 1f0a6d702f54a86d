package io.github.cameldataverse.changes.testkit.http;

import io.github.cameldataverse.changes.testkit.definitions.DefinitionWrites;
import io.github.cameldataverse.changes.testkit.definitions.EntityDefinitions;
import io.github.cameldataverse.changes.testkit.model.Organization;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Codes;
import io.github.cameldataverse.changes.testkit.wire.ServiceException;

/** Changes definitions: a PUT of one, and {@code PublishXml}. A PATCH is refused, as the platform refuses it. */
final class DefinitionWriteEndpoints implements Endpoint {
    private final DefinitionWrites writes;

    DefinitionWriteEndpoints(Organization organization, Switches switches) {
        this.writes = new DefinitionWrites(organization, switches);
    }

    @Override
    public boolean handles(Call call) {
        return !call.isGet() && (isPublish(call) || EntityDefinitions.isMeantBy(call.resource()));
    }

    @Override
    public Answer answer(Call call) {
        String method = call.question().method();
        if (isPublish(call) && "POST".equals(method)) {
            return writes.publish(call.question());
        }
        if (!isPublish(call) && "PUT".equals(method)) {
            return writes.put(call.question(), call.resource());
        }
        throw new ServiceException(405, Codes.NONE, "The method is not allowed here.");
    }

    private static boolean isPublish(Call call) {
        return "PublishXml".equals(call.resource());
    }
}
