package io.github.cameldataverse.changes.testkit.internal.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Accepts a changed definition, which takes effect when it is published. Only change tracking can be changed, from disabled
 * to enabled, as on the platform.
 */
public final class EntityDefinitionUpdates {
    private static final Pattern ENTITY = Pattern.compile("<entity>([^<]*)</entity>");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OrganizationTables organization;
    private final Switches switches;
    private final Set<String> unpublished = ConcurrentHashMap.newKeySet();

    public EntityDefinitionUpdates(OrganizationTables organization, Switches switches) {
        this.organization = organization;
        this.switches = switches;
    }

    /** Accepts the definition in the body of a PUT; 204. */
    public ServiceResponse put(ServiceRequest request, String resource) {
        requireCustomizer("prvWriteEntity");
        TableSchema table = EntityDefinitionKey.of(resource).in(organization);
        JsonNode changed = body(request);
        requireWhole(table, changed);
        change(table, changed.path("ChangeTrackingEnabled").asBoolean(table.tracked()));
        return done();
    }

    /** Accepts the definition of an UpdateEntityRequest. */
    public void update(TableSchema table, boolean on) {
        requireCustomizer("prvWriteEntity");
        change(table, on);
    }

    private void change(TableSchema table, boolean on) {
        if (on && !table.tracked() && !table.canBeTracked()) {
            throw refused("CanChangeTrackingBeEnabled can not be active for " + table.logicalName() + " Entity.");
        }
        if (!on && table.tracked()) {
            throw refused("Change tracking of the entity " + table.logicalName() + " cannot be disabled.");
        }
        if (on && !table.tracked()) {
            unpublished.add(table.logicalName());
        }
    }

    /** Publishes the tables that {@code ParameterXml} names; 204. */
    public ServiceResponse publish(ServiceRequest request) {
        publishAll(body(request).path("ParameterXml").asText());
        return done();
    }

    /** Publishes the tables that this XML names. */
    public void publishAll(String parameterXml) {
        requireCustomizer("prvPublishCustomization");
        Set<String> named = new TreeSet<>();
        Matcher each = ENTITY.matcher(parameterXml);
        while (each.find()) {
            named.add(each.group(1));
        }
        if (named.isEmpty()) {
            throw refused("The ParameterXml names no entity to publish.");
        }
        named.forEach(this::publish);
    }

    private void publish(String logicalName) {
        if (unpublished.remove(logicalName)) {
            TableSchema table = EntityDefinitionKey.named(logicalName).in(organization);
            organization.define(table.tracked(true));
        }
    }

    /** According to the documentation, a PUT must have all properties that a GET has returned. */
    private void requireWhole(TableSchema table, JsonNode changed) {
        boolean whole = new EntityDefinition(table)
                .json().properties().stream().allMatch(member -> changed.has(member.getKey()));
        if (!whole && !switches.get(Switch.PARTIAL_DEFINITION)) {
            throw refused("The definition of " + table.logicalName()
                    + " is not complete; a PUT replaces the whole definition.");
        }
    }

    private void requireCustomizer(String privilege) {
        if (!switches.get(Switch.CUSTOMIZER)) {
            throw new ServiceRefusalException(
                    403,
                    ErrorCodes.PRIVILEGE_DENIED,
                    "Principal user (Id=" + OrganizationQuery.USER + ", type=8, roleCount=1, privilegeCount=12,"
                            + " accessMode=0), is missing " + privilege + " privilege.");
        }
    }

    private static JsonNode body(ServiceRequest request) {
        try {
            return JSON.readTree(request.body());
        } catch (JsonProcessingException broken) {
            throw refused("The body is not JSON.");
        }
    }

    private static ServiceRefusalException refused(String message) {
        return new ServiceRefusalException(400, ErrorCodes.INVALID_ARGUMENT, message);
    }

    private static ServiceResponse done() {
        return ServiceResponse.status(204).header("OData-Version", "4.0");
    }
}
