package io.github.cameldataverse.changes.testkit.definitions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.model.Organization;
import io.github.cameldataverse.changes.testkit.model.TableDefinition;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Body;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.Optional;

/**
 * Answers {@code EntityDefinitions}: all that a filter holds for, one by name or id, the attributes of one, or those that
 * are dates and times.
 */
public final class EntityDefinitions {
    private final Organization organization;

    public EntityDefinitions(Organization organization) {
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
    public Answer answer(Question question, String resource, String service) {
        Members members = Members.of(question.query());
        if ("EntityDefinitions".equals(resource)) {
            return Answer.json(200, text(all(question, members, service)));
        }
        OneDefinition one = OneDefinition.of(resource);
        TableDefinition table = one.in(organization);
        if (one.dateTimes()) {
            return Answer.json(200, text(dateTimes(table, members, service)));
        }
        return Answer.json(
                200, text(one.attributes() ? attributes(table, members, service) : one(table, members, service)));
    }

    private ObjectNode all(Question question, Members members, String service) {
        Optional<Filter> filter = question.query().value("$filter").map(Filter::of);
        ObjectNode json = envelope(service, "EntityDefinitions" + members.inContext());
        ArrayNode value = json.putArray("value");
        for (TableDefinition table : organization.definitions()) {
            Definition definition = new Definition(table);
            if (filter.map(each -> each.holds(definition.json())).orElse(true)) {
                value.add(definition.json(members));
            }
        }
        return json;
    }

    private static ObjectNode one(TableDefinition table, Members members, String service) {
        ObjectNode json = envelope(service, "EntityDefinitions" + members.inContext() + "/$entity");
        json.setAll(new Definition(table).json(members));
        return json;
    }

    private static ObjectNode attributes(TableDefinition table, Members members, String service) {
        ObjectNode json =
                envelope(service, "EntityDefinitions('" + table.logicalName() + "')/Attributes" + members.inContext());
        ArrayNode value = json.putArray("value");
        Attribute.of(table).forEach(each -> value.add(members.of(each.json(), "microsoft.dynamics.crm.attribute")));
        return json;
    }

    private static ObjectNode dateTimes(TableDefinition table, Members members, String service) {
        ObjectNode json = envelope(
                service,
                "EntityDefinitions('" + table.logicalName()
                        + "')/Attributes/Microsoft.Dynamics.CRM.DateTimeAttributeMetadata" + members.inContext());
        ArrayNode value = json.putArray("value");
        Attribute.of(table).stream()
                .filter(Attribute::isDateTime)
                .forEach(each ->
                        value.add(members.of(each.dateTimeJson(), "microsoft.dynamics.crm.datetimeattributemetadata")));
        return json;
    }

    private static ObjectNode envelope(String service, String context) {
        return JsonNodeFactory.instance.objectNode().put("@odata.context", service + "$metadata#" + context);
    }

    private static Body text(ObjectNode json) {
        return Body.of(json.toString());
    }
}
