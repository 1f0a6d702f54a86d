package io.github.cameldataverse.changes.testkit.internal.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.util.Iterator;

/** Changes the one setting of the organization that the simulator knows: how long it keeps track. */
public final class OrganizationUpdates {
    private static final String DAYS = "expirechangetrackingindays";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OrganizationQuery settings;
    private final Switches switches;

    public OrganizationUpdates(OrganizationQuery settings, Switches switches) {
        this.settings = settings;
        this.switches = switches;
    }

    /** Accepts the number of days in the body of a PATCH of {@code organizations(<id>)}; 204. */
    public ServiceResponse patch(ServiceRequest request, String resource) {
        settings.requireOrganization(resource);
        if (!switches.get(Switch.CUSTOMIZER)) {
            throw settings.denied("prvWriteOrganization");
        }
        switches.expireChangeTrackingInDays(days(body(request)));
        return ServiceResponse.status(204).header("OData-Version", "4.0");
    }

    private static int days(JsonNode body) {
        requireNothingElse(body.fieldNames());
        JsonNode days = body.path(DAYS);
        if (!days.isInt() || days.asInt() < 0 || days.asInt() > 365) {
            throw refused(
                    400,
                    ErrorCodes.INVALID_ARGUMENT,
                    "A validation error occurred. The value of '" + DAYS
                            + "' on record of type 'organization' is outside the valid range of 0 to 365.");
        }
        return days.asInt();
    }

    private static void requireNothingElse(Iterator<String> names) {
        names.forEachRemaining(name -> {
            if (!DAYS.equals(name)) {
                throw refused(
                        501,
                        ErrorCodes.NONE,
                        "The simulator changes " + DAYS + " of the organization only, not " + name);
            }
        });
    }

    private static JsonNode body(ServiceRequest request) {
        try {
            return JSON.readTree(request.body());
        } catch (JsonProcessingException broken) {
            throw refused(400, ErrorCodes.INVALID_ARGUMENT, "The body is not JSON.");
        }
    }

    private static ServiceRefusalException refused(int status, String code, String message) {
        return new ServiceRefusalException(status, code, message);
    }
}
