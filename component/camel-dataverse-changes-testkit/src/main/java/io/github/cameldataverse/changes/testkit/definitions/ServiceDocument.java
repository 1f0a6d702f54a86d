package io.github.cameldataverse.changes.testkit.definitions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.model.Organization;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Body;

/** Answers the root of the Web API: the entity sets there are. */
public final class ServiceDocument {
    private final Organization organization;

    public ServiceDocument(Organization organization) {
        this.organization = organization;
    }

    /** The document. */
    public Answer answer(String service) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("@odata.context", service + "$metadata");
        ArrayNode value = json.putArray("value");
        organization.definitions().forEach(table -> value.addObject()
                .put("name", table.entitySetName())
                .put("kind", "EntitySet")
                .put("url", table.entitySetName()));
        return Answer.json(200, Body.of(json.toString()));
    }
}
