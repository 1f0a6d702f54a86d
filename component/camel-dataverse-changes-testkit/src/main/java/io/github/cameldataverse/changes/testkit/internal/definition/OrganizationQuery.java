package io.github.cameldataverse.changes.testkit.internal.definition;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.switches.CallerRights;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers {@code organizations}, the one row with the settings of the organization, and {@code WhoAmI}. */
public final class OrganizationQuery {
    static final String USER = "9f0f4d6a-7c1b-ec11-b6e6-000d3a8a1b2c";
    private static final String BUSINESS_UNIT = "38e0dbe4-131b-e111-ba7e-78e7d1620f5e";

    private static final String SET = "organizations";

    private final OrganizationTables organization;
    private final Switches switches;

    public OrganizationQuery(OrganizationTables organization, Switches switches) {
        this.organization = organization;
        this.switches = switches;
    }

    /** Whether this path below the Web API is {@code organizations}, or the one row in it. */
    public static boolean isFor(String resource) {
        return resource.equals(SET) || resource.startsWith(SET + "(");
    }

    /** The requested settings; there is {@code expirechangetrackingindays} and a name. */
    public ServiceResponse answer(ServiceRequest request, String resource, String service) {
        requireReadable();
        String select = request.query().value("$select").orElse("");
        boolean all = resource.equals(SET);
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put(
                        "@odata.context",
                        service + "$metadata#organizations" + (select.isEmpty() ? "" : "(" + select + ")")
                                + (all ? "" : "/$entity"));
        if (all) {
            fill(json.putArray("value").addObject(), select);
        } else {
            requireOrganization(resource);
            fill(json, select);
        }
        return ServiceResponse.json(200, ResponseBody.of(json.toString()));
    }

    private void fill(ObjectNode row, String select) {
        row.put("@odata.etag", "W/\"1000100\"");
        ObjectNode all = all();
        for (String name : (select.isEmpty() ? "name,expirechangetrackingindays" : select).split(",")) {
            row.set(name.trim(), all.required(known(all, name.trim())));
        }
        row.put("organizationid", id());
    }

    /** Refuses the address of another organization. */
    void requireOrganization(String resource) {
        if (!resource.equalsIgnoreCase(SET + "(" + id() + ")")) {
            throw new ServiceRefusalException(
                    404,
                    ErrorCodes.NO_SUCH_ROW,
                    "organization With Id = " + resource.replaceFirst(".*\\((.*)\\)", "$1") + " Does Not Exist");
        }
    }

    /** The caller, which is always the same user. */
    public ServiceResponse whoAmI(String service) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("@odata.context", service + "$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse");
        caller().forEach(json::put);
        return ServiceResponse.json(200, ResponseBody.of(json.toString()));
    }

    /** The ids of the caller, of the business unit and of the organization, by the names that they have in WhoAmI. */
    public Map<String, String> caller() {
        Map<String, String> ids = new LinkedHashMap<>();
        ids.put("BusinessUnitId", BUSINESS_UNIT);
        ids.put("UserId", USER);
        ids.put("OrganizationId", id());
        return ids;
    }

    /** Refuses a caller that is not a user of this environment, for any request. */
    public void requireMember() {
        if (switches.get(Switch.CALLER) == CallerRights.NOT_A_MEMBER) {
            throw new ServiceRefusalException(
                    403, ErrorCodes.PRIVILEGE_DENIED, "The user is not a member of the organization.");
        }
    }

    private void requireReadable() {
        if (!switches.get(Switch.SETTINGS_READABLE)) {
            throw denied("prvReadOrganization");
        }
    }

    ServiceRefusalException denied(String privilege) {
        return new ServiceRefusalException(
                403,
                ErrorCodes.PRIVILEGE_DENIED,
                "Principal user (Id=" + USER + ", type=8, roleCount=1, privilegeCount=12, accessMode=0), is missing "
                        + privilege + " privilege on OTC=1019 for entity 'organization'.");
    }

    private ObjectNode all() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", "simulated")
                .put("expirechangetrackingindays", switches.get(Switch.EXPIRE_DAYS))
                .put("organizationid", id());
    }

    private String id() {
        return organization.id().toString();
    }

    private static String known(ObjectNode all, String name) {
        if (!all.has(name)) {
            throw new ServiceRefusalException(
                    400,
                    ErrorCodes.NONE,
                    "Could not find a property named '" + name + "' on type 'Microsoft.Dynamics.CRM.organization'.");
        }
        return name;
    }
}
