package io.github.cameldataverse.changes.testkit.internal.webapi;

import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.odata.EntitySetCount;
import io.github.cameldataverse.changes.testkit.internal.odata.EntitySetQuery;
import io.github.cameldataverse.changes.testkit.internal.odata.SingleEntity;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.util.Optional;

/** Reads rows: of a set, of a count, of one row. */
final class RowReadEndpoint implements WebApiEndpoint {
    private final OrganizationTables organization;
    private final EntitySetQuery feed;
    private final EntitySetCount count;
    private final SingleEntity row;

    RowReadEndpoint(OrganizationTables organization, Switches switches) {
        this.organization = organization;
        this.feed = new EntitySetQuery(organization, switches);
        this.count = new EntitySetCount(organization, switches);
        this.row = new SingleEntity(organization, switches);
    }

    @Override
    public boolean handles(WebApiRequest call) {
        return call.isGet() && resource(call).isPresent();
    }

    @Override
    public boolean isData() {
        return true;
    }

    @Override
    public ServiceResponse answer(WebApiRequest call) {
        ResourcePath resource = resource(call).orElseThrow();
        if (resource.isSet()) {
            return feed.answer(call.question(), resource.table(), call.service());
        }
        return resource.id()
                .map(id -> row.answer(call.question(), resource.table(), id, call.service()))
                .orElseGet(() -> count.answer(call.question(), resource.table()));
    }

    private Optional<ResourcePath> resource(WebApiRequest call) {
        return ResourcePath.of(call.resource(), organization);
    }
}
