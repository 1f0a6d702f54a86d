package io.github.cameldataverse.changes.internal.organization.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.source.FaultTable;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Small questions to the organization itself. */
final class OrganizationSettings {

    private static final String COLUMN = "expirechangetrackingindays";
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String NO_ID = "00000000-0000-0000-0000-000000000000";

    private final MetadataRequests requests;

    OrganizationSettings(MetadataRequests requests) {
        this.requests = requests;
    }

    /** The organization keeps track for 0 to 365 days; anything else is no number of days. */
    OptionalInt daysKept() throws ServiceFault {
        JsonNode days = requests.json(
                        "organizations?$select=" + COLUMN,
                        new FaultTable.Subject(
                                "the settings of the organization",
                                "read the settings of the organization",
                                "Give its application user a role that can read the table Organization, to be told in"
                                        + " time when a delta token is about to expire"))
                .path("value")
                .path(0)
                .path(COLUMN);
        boolean known = days.isIntegralNumber() && days.asLong() >= 0 && days.asLong() <= 365;
        return known ? OptionalInt.of(days.asInt()) : OptionalInt.empty();
    }

    void greet() throws ServiceFault {
        JsonNode unused = whoAmI();
    }

    private JsonNode whoAmI() throws ServiceFault {
        return requests.json(
                "WhoAmI",
                new FaultTable.Subject(
                        "the organization",
                        "use the organization",
                        "Add it as an application user: Power Platform admin center, Environments, Settings, Users and"
                                + " permissions, Application users"));
    }

    /**
     * The id of the organization (learn.microsoft.com, "WhoAmI function": {@code OrganizationId}, a Guid), in lower case; empty if
     * it tells none.
     */
    Optional<String> id() throws ServiceFault {
        String told = whoAmI().path("OrganizationId").asText().toLowerCase(Locale.ROOT);
        return UUID_TEXT.matcher(told).matches() && !told.equals(NO_ID) ? Optional.of(told) : Optional.empty();
    }

    /** The function counts up to any size, where {@code $count} of a set stops at 5000. */
    OptionalLong records(String logicalName) throws ServiceFault {
        JsonNode count = requests.json(
                        "RetrieveTotalRecordCount(EntityNames=%5B'" + logicalName + "'%5D)",
                        new FaultTable.Subject(
                                "the number of records of the table " + logicalName,
                                "count the records of the table " + logicalName,
                                "Give its application user a role that can read this table at organization level"))
                .path("EntityRecordCountCollection")
                .path("Values")
                .path(0);
        return count.isIntegralNumber() ? OptionalLong.of(count.asLong()) : OptionalLong.empty();
    }
}
