package io.github.cameldataverse.changes.testkit.definitions;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.model.Organization;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Body;
import io.github.cameldataverse.changes.testkit.wire.Codes;
import io.github.cameldataverse.changes.testkit.wire.ServiceException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers {@code RetrieveTotalRecordCount(EntityNames=['account'])} for one table. The platform counts once a day; here
 * the count is that of this moment.
 */
public final class RecordCounts {
    private static final Pattern FORM = Pattern.compile("RetrieveTotalRecordCount\\(EntityNames=\\['([^']*)'\\]\\)");

    private final Organization organization;

    public RecordCounts(Organization organization) {
        this.organization = organization;
    }

    /** Whether this path below the Web API is meant for it. */
    public static boolean isMeantBy(String resource) {
        return resource.startsWith("RetrieveTotalRecordCount");
    }

    /** The count of the table that is named. */
    public Answer answer(String resource, String service) {
        Matcher one = FORM.matcher(resource);
        if (!one.matches()) {
            throw new ServiceException(404, Codes.RESOURCE, "Resource not found for the segment '" + resource + "'.");
        }
        String name = OneDefinition.named(one.group(1)).in(organization).logicalName();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("@odata.context", service + "$metadata#Microsoft.Dynamics.CRM.RetrieveTotalRecordCountResponse");
        ObjectNode counts =
                json.putObject("EntityRecordCountCollection").put("Count", 1).put("IsReadOnly", false);
        counts.putArray("Keys").add(name);
        counts.putArray("Values")
                .add((long) organization.read(name, table -> table.rows().size()));
        return Answer.json(200, Body.of(json.toString()));
    }
}
