package io.github.cameldataverse.changes.testkit.internal.definition;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;

/** Answers the root of the Web API: the entity sets. */
public final class ServiceDocument {
    private final OrganizationTables organization;

    public ServiceDocument(OrganizationTables organization) {
        this.organization = organization;
    }

    /** The document. */
    public ServiceResponse answer(String service) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("@odata.context", service + "$metadata");
        ArrayNode value = json.putArray("value");
        organization.definitions().forEach(table -> value.addObject()
                .put("name", table.entitySetName())
                .put("kind", "EntitySet")
                .put("url", table.entitySetName()));
        return ServiceResponse.json(200, ResponseBody.of(json.toString()));
    }
}
