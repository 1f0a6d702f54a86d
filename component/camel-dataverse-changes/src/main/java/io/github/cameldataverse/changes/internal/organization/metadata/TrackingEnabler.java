package io.github.cameldataverse.changes.internal.organization.metadata;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.organization.metadata.TableTracking.State;
import io.github.cameldataverse.changes.internal.source.FaultTable;
import io.github.cameldataverse.changes.internal.source.TableName;
import java.util.Map;

/**
 * Turns change tracking of a table on: puts back its whole definition with that one member changed, and publishes it
 * (learn.microsoft.com, "Create and update table definitions using the Web API"). It cannot be undone.
 */
final class TrackingEnabler {

    // Without it, labels in other languages than the caller's are lost.
    private static final Map<String, String> KEEP_LABELS = Map.of("MSCRM.MergeLabels", "true");

    private final MetadataRequests requests;
    private final EntityDefinitions definitions;

    TrackingEnabler(MetadataRequests requests, EntityDefinitions definitions) {
        this.requests = requests;
        this.definitions = definitions;
    }

    TableTracking enable(TableName name) throws ServiceFault {
        TableTracking table = definitions.one(name);
        if (table.isTracked()) {
            return table;
        }
        if (table.state() == State.NOT_ELIGIBLE) {
            throw new ServiceFault.Permanent(
                    "Change tracking cannot be turned on for the table " + table.logicalName()
                            + ": its property CanChangeTrackingBeEnabled is false; nothing was changed",
                    0);
        }
        change(table.logicalName());
        publish(table.logicalName());
        return definitions.one(new TableName(table.logicalName()));
    }

    private void change(String logicalName) throws ServiceFault {
        ObjectNode definition = definitions.whole(logicalName);
        definition.put("ChangeTrackingEnabled", true);
        requests.write(
                "PUT",
                EntityDefinitions.address(logicalName),
                definition,
                KEEP_LABELS,
                customizing("the change of the definition of the table " + logicalName, logicalName));
    }

    private void publish(String logicalName) throws ServiceFault {
        ObjectNode parameters = JsonNodeFactory.instance
                .objectNode()
                .put(
                        "ParameterXml",
                        "<importexportxml><entities><entity>" + logicalName + "</entity></entities></importexportxml>");
        requests.write(
                "POST",
                "PublishXml",
                parameters,
                Map.of(),
                customizing(
                        "publishing the table " + logicalName
                                + ", whose definition is changed already (the operation can be called again)",
                        logicalName));
    }

    private static FaultTable.Subject customizing(String what, String logicalName) {
        return new FaultTable.Subject(
                what,
                "change the definition of the table " + logicalName,
                "Give its application user the role System Customizer for this once, or have \"Track changes\" turned on"
                        + " in the advanced options of the table in Power Apps");
    }
}
