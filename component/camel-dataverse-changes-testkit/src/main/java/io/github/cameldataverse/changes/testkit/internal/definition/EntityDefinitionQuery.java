package io.github.cameldataverse.changes.testkit.internal.definition;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.Optional;

/**
 * Answers queries of {@code EntityDefinitions}: all definitions that match a filter, one by name or id, the attributes
 * of one, all or only dates and times, and its alternate keys.
 */
public final class EntityDefinitionQuery {
    private static final String ENTITY = "microsoft.dynamics.crm.entity";

    private final OrganizationTables organization;

    public EntityDefinitionQuery(OrganizationTables organization) {
        this.organization = organization;
    }

    /** Whether this path below the Web API is a query of definitions. */
    public static boolean isFor(String resource) {
        return resource.startsWith("EntityDefinitions");
    }

    /**
     * The requested definitions.
     *
     * @param request a GET
     * @param resource decoded path below the Web API
     * @param service origin and path of the Web API, with a slash at the end
     */
    public ServiceResponse answer(ServiceRequest request, String resource, String service) {
        SelectedProperties members = SelectedProperties.of(request.query());
        if ("EntityDefinitions".equals(resource)) {
            return ServiceResponse.json(200, text(all(request, members, service)));
        }
        EntityDefinitionKey key = EntityDefinitionKey.of(resource);
        TableSchema table = key.in(organization);
        ObjectNode json =
                switch (key.part()) {
                    case DEFINITION -> one(request, table, members, service);
                    case ATTRIBUTES -> attributes(table, members, service);
                    case DATE_TIME_ATTRIBUTES -> dateTimes(table, members, service);
                    case KEYS -> keys(table, members, service);
                };
        return ServiceResponse.json(200, text(json));
    }

    private ObjectNode all(ServiceRequest request, SelectedProperties members, String service) {
        Optional<FilterExpression> filter = request.query().value("$filter").map(FilterExpression::of);
        ExpandedProperties expanded = ExpandedProperties.of(request.query());
        ObjectNode json = envelope(service, "EntityDefinitions" + members.inContext());
        ArrayNode value = json.putArray("value");
        for (TableSchema table : organization.definitions()) {
            EntityDefinition definition = new EntityDefinition(table);
            if (filter.map(each -> each.matches(definition.json())).orElse(true)) {
                value.add(expanded.addedTo(members.of(definition.json(), ENTITY), table));
            }
        }
        return json;
    }

    private static ObjectNode one(
            ServiceRequest request, TableSchema table, SelectedProperties members, String service) {
        ObjectNode json = envelope(service, "EntityDefinitions" + members.inContext() + "/$entity");
        json.setAll(members.of(new EntityDefinition(table).json(), ENTITY));
        return ExpandedProperties.of(request.query()).addedTo(json, table);
    }

    private static ObjectNode attributes(TableSchema table, SelectedProperties members, String service) {
        ObjectNode json =
                envelope(service, "EntityDefinitions('" + table.logicalName() + "')/Attributes" + members.inContext());
        ArrayNode value = json.putArray("value");
        AttributeDefinition.of(table)
                .forEach(each -> value.add(members.of(each.json(), "microsoft.dynamics.crm.attribute")));
        return json;
    }

    private static ObjectNode dateTimes(TableSchema table, SelectedProperties members, String service) {
        ObjectNode json = envelope(
                service,
                "EntityDefinitions('" + table.logicalName()
                        + "')/Attributes/Microsoft.Dynamics.CRM.DateTimeAttributeMetadata" + members.inContext());
        ArrayNode value = json.putArray("value");
        AttributeDefinition.of(table).stream()
                .filter(AttributeDefinition::isDateTime)
                .forEach(each ->
                        value.add(members.of(each.dateTimeJson(), "microsoft.dynamics.crm.datetimeattributemetadata")));
        return json;
    }

    private static ObjectNode keys(TableSchema table, SelectedProperties members, String service) {
        ObjectNode json =
                envelope(service, "EntityDefinitions('" + table.logicalName() + "')/Keys" + members.inContext());
        ArrayNode value = json.putArray("value");
        AlternateKeyDefinition.of(table)
                .forEach(each -> value.add(members.of(each.json(), "microsoft.dynamics.crm.entitykey")));
        return json;
    }

    private static ObjectNode envelope(String service, String context) {
        return JsonNodeFactory.instance.objectNode().put("@odata.context", service + "$metadata#" + context);
    }

    private static ResponseBody text(ObjectNode json) {
        return ResponseBody.of(json.toString());
    }
}
