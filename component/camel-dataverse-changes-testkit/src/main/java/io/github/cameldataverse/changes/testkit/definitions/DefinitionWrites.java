package io.github.cameldataverse.changes.testkit.definitions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldataverse.changes.testkit.model.Organization;
import io.github.cameldataverse.changes.testkit.model.TableDefinition;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Codes;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.ServiceException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a changed definition, and puts it into effect when it is published. Of a definition only change tracking can be
 * changed, from off to on, as the platform has it.
 */
public final class DefinitionWrites {
    private static final Pattern ENTITY = Pattern.compile("<entity>([^<]*)</entity>");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Organization organization;
    private final Switches switches;
    private final Set<String> unpublished = ConcurrentHashMap.newKeySet();

    public DefinitionWrites(Organization organization, Switches switches) {
        this.organization = organization;
        this.switches = switches;
    }

    /** Takes the definition in the body of a PUT; 204. */
    public Answer put(Question question, String resource) {
        requireCustomizer("prvWriteEntity");
        TableDefinition table = OneDefinition.of(resource).in(organization);
        JsonNode changed = body(question);
        requireWhole(table, changed);
        boolean on = changed.path("ChangeTrackingEnabled").asBoolean(table.tracked());
        if (on && !table.tracked() && !table.canBeTracked()) {
            throw refused("CanChangeTrackingBeEnabled can not be active for " + table.logicalName() + " Entity.");
        }
        if (!on && table.tracked()) {
            throw refused("Change tracking of the entity " + table.logicalName() + " cannot be disabled.");
        }
        if (on && !table.tracked()) {
            unpublished.add(table.logicalName());
        }
        return done();
    }

    /** Publishes the tables that {@code ParameterXml} names; 204. */
    public Answer publish(Question question) {
        requireCustomizer("prvPublishCustomization");
        Set<String> named = new TreeSet<>();
        Matcher each = ENTITY.matcher(body(question).path("ParameterXml").asText());
        while (each.find()) {
            named.add(each.group(1));
        }
        if (named.isEmpty()) {
            throw refused("The ParameterXml names no entity to publish.");
        }
        named.forEach(this::publish);
        return done();
    }

    private void publish(String logicalName) {
        if (unpublished.remove(logicalName)) {
            TableDefinition table = OneDefinition.named(logicalName).in(organization);
            organization.define(table.tracked(true));
        }
    }

    /** The documentation wants back all that a GET has given. */
    private void requireWhole(TableDefinition table, JsonNode changed) {
        boolean whole =
                new Definition(table).json().properties().stream().allMatch(member -> changed.has(member.getKey()));
        if (!whole && !switches.get(Switch.PARTIAL_DEFINITION)) {
            throw refused("The definition of " + table.logicalName()
                    + " is not complete; a PUT replaces the whole definition.");
        }
    }

    private void requireCustomizer(String privilege) {
        if (!switches.get(Switch.CUSTOMIZER)) {
            throw new ServiceException(
                    403,
                    Codes.PRIVILEGE_DENIED,
                    "Principal user (Id=" + OrganizationSettings.USER + ", type=8, roleCount=1, privilegeCount=12,"
                            + " accessMode=0), is missing " + privilege + " privilege.");
        }
    }

    private static JsonNode body(Question question) {
        try {
            return JSON.readTree(question.body());
        } catch (JsonProcessingException broken) {
            throw refused("The body is not JSON.");
        }
    }

    private static ServiceException refused(String message) {
        return new ServiceException(400, Codes.INVALID_ARGUMENT, message);
    }

    private static Answer done() {
        return Answer.status(204).header("OData-Version", "4.0");
    }
}
