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
 * Answers {@code EntityDefinitionQuery}: all that a filter holds for, one by name or id, the attributes of one, or those that
 * are dates and times.
 */
public final class EntityDefinitionQuery {
    private final OrganizationTables organization;

    public EntityDefinitionQuery(OrganizationTables organization) {
        this.organization = organization;
    }

    /** Whether this path below the Web API is meant for it. */
    public static boolean isMeantBy(String resource) {
        return resource.startsWith("EntityDefinitions");
    }

    /**
     * The definitions that are asked for.
     *
     * @param question a GET
     * @param resource decoded path below the Web API
     * @param service origin and path of the Web API, with a slash at the end
     */
    public ServiceResponse answer(ServiceRequest question, String resource, String service) {
        SelectedProperties members = SelectedProperties.of(question.query());
        if ("EntityDefinitions".equals(resource)) {
            return ServiceResponse.json(200, text(all(question, members, service)));
        }
        EntityDefinitionKey one = EntityDefinitionKey.of(resource);
        TableSchema table = one.in(organization);
        if (one.dateTimes()) {
            return ServiceResponse.json(200, text(dateTimes(table, members, service)));
        }
        return ServiceResponse.json(
                200, text(one.attributes() ? attributes(table, members, service) : one(table, members, service)));
    }

    private ObjectNode all(ServiceRequest question, SelectedProperties members, String service) {
        Optional<FilterExpression> filter = question.query().value("$filter").map(FilterExpression::of);
        ObjectNode json = envelope(service, "EntityDefinitions" + members.inContext());
        ArrayNode value = json.putArray("value");
        for (TableSchema table : organization.definitions()) {
            EntityDefinition definition = new EntityDefinition(table);
            if (filter.map(each -> each.holds(definition.json())).orElse(true)) {
                value.add(definition.json(members));
            }
        }
        return json;
    }

    private static ObjectNode one(TableSchema table, SelectedProperties members, String service) {
        ObjectNode json = envelope(service, "EntityDefinitions" + members.inContext() + "/$entity");
        json.setAll(new EntityDefinition(table).json(members));
        return json;
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

    private static ObjectNode envelope(String service, String context) {
        return JsonNodeFactory.instance.objectNode().put("@odata.context", service + "$metadata#" + context);
    }

    private static ResponseBody text(ObjectNode json) {
        return ResponseBody.of(json.toString());
    }
}
