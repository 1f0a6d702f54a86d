package io.github.cameldataverse.changes.testkit.internal.odata;

import static io.github.cameldataverse.changes.testkit.internal.json.JsonText.quote;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.json.ByteSink;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredRow;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredTable;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.internal.tracking.ReadPrivileges;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.table.TableSchema;

/** Answers {@code accounts(<id>)}: the row, or 404. */
public final class SingleEntity {
    private final OrganizationTables organization;
    private final Switches switches;

    public SingleEntity(OrganizationTables organization, Switches switches) {
        this.organization = organization;
        this.switches = switches;
    }

    /** The requested row. */
    public ServiceResponse answer(ServiceRequest request, TableSchema definition, String id, String service) {
        new ReadPrivileges(switches, definition).requireRead();
        return organization.read(definition.logicalName(), table -> {
            StoredRow row = table.row(id).orElseThrow(() -> absent(definition, id));
            return ServiceResponse.json(200, body(request, table, row, service))
                    .header("ETag", "W/\"" + row.version() + "\"");
        });
    }

    /** The refusal for a row that does not exist. */
    public static ServiceRefusalException absent(TableSchema table, String id) {
        return new ServiceRefusalException(
                404,
                ErrorCodes.NO_SUCH_ROW,
                "Entity '" + table.logicalName() + "' With Id = " + id + " Does Not Exist");
    }

    private ResponseBody body(ServiceRequest request, StoredTable table, StoredRow row, String service) {
        SelectOption selection = SelectOption.of(request.query(), table, switches);
        ODataLinks links = new ODataLinks(service, table.definition(), selection, switches);
        ByteSink sink = new ByteSink().put("{\"@odata.context\":" + quote(links.rowContext()) + ",");
        new ODataRowWriter(table.layout(), selection, ODataAnnotations.of(request.preferences()))
                .writeMembers(sink, row);
        return sink.put("}");
    }
}
