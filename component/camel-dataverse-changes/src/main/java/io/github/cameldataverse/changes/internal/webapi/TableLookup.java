package io.github.cameldataverse.changes.internal.webapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.AnswerJson;
import io.github.cameldataverse.changes.internal.source.FaultTable;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.source.TableName;
import io.github.cameldataverse.changes.internal.source.TableQueries.TableType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds a table by either of its names, in one request to EntityDefinitions. */
final class TableLookup {

    private static final String COLUMNS =
            "LogicalName,EntitySetName,PrimaryIdAttribute,ChangeTrackingEnabled,CanChangeTrackingBeEnabled";

    private final TableName table;

    TableLookup(TableName table) {
        this.table = table;
    }

    String link(String apiRoot) {
        return apiRoot + "EntityDefinitions?$select=" + COLUMNS + "&" + table.filter();
    }

    TableDefinition read(Answer answer) throws ServiceFault {
        JsonNode found = table.choose(
                definitions(answer), node -> node.path("LogicalName").asText(), node -> node.path("EntitySetName")
                        .asText());
        if (!found.path("ChangeTrackingEnabled").asBoolean(false)) {
            throw notTracked(found);
        }
        return new TableDefinition(
                text(found, "LogicalName"), text(found, "EntitySetName"), text(found, "PrimaryIdAttribute"));
    }

    /** The type in a definition that was asked for by its logical name. */
    static TableType type(Answer answer) throws ServiceFault.Transient {
        boolean elastic = definitions(answer).stream()
                .anyMatch(node -> node.path("TableType").asText().equals("Elastic"));
        return elastic ? TableType.ELASTIC : TableType.ANY_OTHER;
    }

    private static List<JsonNode> definitions(Answer answer) throws ServiceFault.Transient {
        try {
            JsonNode root = AnswerJson.whole(answer.body());
            List<JsonNode> definitions = new ArrayList<>();
            if (root.path("value").isArray()) {
                root.path("value").forEach(definitions::add);
            } else if (root.has("LogicalName")) {
                definitions.add(root);
            } else {
                throw somethingElse(answer);
            }
            return definitions;
        } catch (IOException e) {
            throw somethingElse(answer);
        }
    }

    /** A gateway in between answers with a page of its own, which says nothing about the table. */
    private static ServiceFault.Transient somethingElse(Answer answer) {
        return new ServiceFault.Transient(
                "The service answered the request for the table definition with something else", answer.status(), null);
    }

    private ServiceFault.Permanent notTracked(JsonNode found) {
        boolean can = found.path("CanChangeTrackingBeEnabled").path("Value").asBoolean(true);
        return new ServiceFault.Permanent(
                "The table " + table.name() + " is not enabled for change tracking. "
                        + (can ? FaultTable.HOW_TO_TRACK : "This table cannot be enabled for it either"),
                400);
    }

    private static String text(JsonNode node, String member) throws ServiceFault.Permanent {
        return TableName.served(node.path(member).asText(""), member);
    }
}
