package io.github.cameldataverse.changes.webapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldataverse.changes.http.Answer;
import io.github.cameldataverse.changes.http.ServiceFault;
import io.github.cameldataverse.changes.source.TableDefinition;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the dates and times of a table mean, which their values do not show: both a moment and what a clock on the wall shows
 * are sent as UTC (learn.microsoft.com, "Behavior and format of the date and time column").
 */
final class DateColumns {

    private static final ObjectMapper JSON = new ObjectMapper();

    private DateColumns() {}

    static String link(String apiRoot, TableDefinition table) {
        return apiRoot + "EntityDefinitions(LogicalName='" + table.logicalName()
                + "')/Attributes/Microsoft.Dynamics.CRM.DateTimeAttributeMetadata?$select=LogicalName,DateTimeBehavior";
    }

    /** Column to its behavior, as the service writes it. */
    static Map<String, String> read(Answer answer) throws ServiceFault.Transient {
        JsonNode value = value(answer);
        if (!value.isArray()) {
            throw somethingElse(answer);
        }
        Map<String, String> behaviors = new TreeMap<>();
        for (JsonNode column : value) {
            String name = column.path("LogicalName").asText("");
            String behavior = column.path("DateTimeBehavior").path("Value").asText("");
            if (name.isEmpty() || behavior.isEmpty()) {
                throw somethingElse(answer);
            }
            behaviors.put(name, behavior);
        }
        return behaviors;
    }

    private static JsonNode value(Answer answer) throws ServiceFault.Transient {
        try {
            return JSON.readTree(answer.body().bytes(), 0, answer.body().length())
                    .path("value");
        } catch (IOException e) {
            throw somethingElse(answer);
        }
    }

    private static ServiceFault.Transient somethingElse(Answer answer) {
        return new ServiceFault.Transient(
                "The service answered the request for the date columns with something else", answer.status(), null);
    }
}
