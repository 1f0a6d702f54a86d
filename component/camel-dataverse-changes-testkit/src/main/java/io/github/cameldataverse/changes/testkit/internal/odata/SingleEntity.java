package io.github.cameldataverse.changes.testkit.internal.odata;

import static io.github.cameldataverse.changes.testkit.internal.json.JsonText.quote;

import io.github.cameldataverse.changes.testkit.http.MetadataLevel;
import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.json.ByteSink;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredRow;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredTable;
import io.github.cameldataverse.changes.testkit.internal.tracking.ReadPrivileges;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.table.TableSchema;

/** Answers {@code accounts(<id>)} and {@code accounts(<alternate key>)}: the row, or 404. */
public final class SingleEntity {
    private final OrganizationTables organization;
    private final Switches switches;

    public SingleEntity(OrganizationTables organization, Switches switches) {
        this.organization = organization;
        this.switches = switches;
    }

    /** The requested row; 304 if the request has its version already. */
    public ServiceResponse answer(ServiceRequest request, RowAddress address, String service) {
        TableSchema definition = address.table();
        new ReadPrivileges(switches, definition).requireRead();
        new QueryOptionRules(request.query(), switches).requireSimulated(definition);
        return organization.read(definition.logicalName(), table -> {
            StoredRow row = address.in(table).orElseThrow(address::absent);
            return Preconditions.of(request).has(row)
                    ? ServiceResponse.status(304).header("ETag", Preconditions.etag(row))
                    : whole(request, table, row, service);
        });
    }

    /** A row that was written, whatever the conditions of the write. */
    public ServiceResponse written(ServiceRequest request, TableSchema definition, String id, String service) {
        return organization.read(
                definition.logicalName(),
                table -> whole(request, table, table.row(id).orElseThrow(), service));
    }

    private ServiceResponse whole(ServiceRequest request, StoredTable table, StoredRow row, String service) {
        return ServiceResponse.json(200, request.metadata(), body(request, table, row, service))
                .header("ETag", Preconditions.etag(row));
    }

    private ResponseBody body(ServiceRequest request, StoredTable table, StoredRow row, String service) {
        SelectOption selection = SelectOption.of(request.query(), table, switches);
        ODataLinks links = new ODataLinks(service, table.definition(), selection, switches);
        String context =
                request.metadata() == MetadataLevel.NONE ? "" : "\"@odata.context\":" + quote(links.rowContext()) + ",";
        ByteSink sink = new ByteSink().put("{" + context);
        new ODataRowWriter(table.layout(), links, ODataAnnotations.of(request)).writeMembers(sink, row);
        return sink.put("}");
    }
}
