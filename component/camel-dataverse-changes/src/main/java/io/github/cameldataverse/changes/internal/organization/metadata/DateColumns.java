package io.github.cameldataverse.changes.internal.organization.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.source.FaultTable.Subject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the dates and times of a table mean, which their values do not show: both a moment and what a clock on the wall shows
 * are sent as UTC (learn.microsoft.com, "Behavior and format of the date and time column").
 */
final class DateColumns {

    private static final Subject SUBJECT = MetadataRequests.reading("the date columns");

    private final MetadataRequests requests;

    DateColumns(MetadataRequests requests) {
        this.requests = requests;
    }

    /** Column to its behavior, as the service writes it; without those of which it says nothing. */
    Map<String, String> of(String logicalName) throws ServiceFault {
        List<JsonNode> columns = requests.collection(
                EntityDefinitions.address(logicalName)
                        + "/Attributes/Microsoft.Dynamics.CRM.DateTimeAttributeMetadata?$select=LogicalName,DateTimeBehavior",
                SUBJECT);
        Map<String, String> behaviors = new TreeMap<>();
        for (JsonNode column : columns) {
            note(column, behaviors);
        }
        return behaviors;
    }

    private static void note(JsonNode column, Map<String, String> behaviors) throws ServiceFault.Transient {
        String name = column.path("LogicalName").asText("");
        String behavior = column.path("DateTimeBehavior").path("Value").asText("");
        if (name.isEmpty()) {
            throw MetadataRequests.somethingElse(200, SUBJECT);
        }
        if (!behavior.isEmpty()) {
            behaviors.put(name, behavior);
        }
    }
}
