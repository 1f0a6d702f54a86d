package io.github.cameldataverse.changes.testkit.internal.definition;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers {@code RetrieveTotalRecordCount(EntityNames=['account'])} for one table. The platform counts once a day; the
 * simulator counts at the time of the request.
 */
public final class TotalRecordCount {
    private static final Pattern FORM = Pattern.compile("RetrieveTotalRecordCount\\(EntityNames=\\['([^']*)'\\]\\)");

    private final OrganizationTables organization;

    public TotalRecordCount(OrganizationTables organization) {
        this.organization = organization;
    }

    /** Whether this path below the Web API is a call of this function. */
    public static boolean isFor(String resource) {
        return resource.startsWith("RetrieveTotalRecordCount");
    }

    /** The count of the named table. */
    public ServiceResponse answer(String resource, String service) {
        Matcher one = FORM.matcher(resource);
        if (!one.matches()) {
            throw new ServiceRefusalException(
                    404, ErrorCodes.RESOURCE, "Resource not found for the segment '" + resource + "'.");
        }
        String name = EntityDefinitionKey.named(one.group(1)).in(organization).logicalName();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("@odata.context", service + "$metadata#Microsoft.Dynamics.CRM.RetrieveTotalRecordCountResponse");
        ObjectNode counts =
                json.putObject("EntityRecordCountCollection").put("Count", 1).put("IsReadOnly", false);
        counts.putArray("Keys").add(name);
        counts.putArray("Values")
                .add((long) organization.read(name, table -> table.rows().size()));
        return ServiceResponse.json(200, ResponseBody.of(json.toString()));
    }
}
