package io.github.cameldataverse.changes.testkit.internal.webapi;

import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.odata.EntitySetCount;
import io.github.cameldataverse.changes.testkit.internal.odata.EntitySetQuery;
import io.github.cameldataverse.changes.testkit.internal.odata.SingleEntity;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.switches.Switches;

/** Reads an entity set, its count, or one of its rows. */
final class RowReadEndpoint implements WebApiEndpoint {
    private final OrganizationTables organization;
    private final EntitySetQuery entitySet;
    private final EntitySetCount count;
    private final SingleEntity row;

    RowReadEndpoint(OrganizationTables organization, Switches switches) {
        this.organization = organization;
        this.entitySet = new EntitySetQuery(organization, switches);
        this.count = new EntitySetCount(organization, switches);
        this.row = new SingleEntity(organization, switches);
    }

    @Override
    public boolean handles(WebApiRequest call) {
        return call.isGet() && ResourcePath.kind(call.resource(), organization).isPresent();
    }

    @Override
    public boolean isData() {
        return true;
    }

    @Override
    public ServiceResponse answer(WebApiRequest call) {
        ResourcePath resource = ResourcePath.of(call.resource(), organization).orElseThrow();
        return switch (resource.kind()) {
            case ENTITY_SET -> entitySet.answer(call.request(), resource.table(), call.service());
            case COUNT -> count.answer(call.request(), resource.table());
            case ROW -> row.answer(call.request(), resource.row().orElseThrow(), call.service());
        };
    }
}
