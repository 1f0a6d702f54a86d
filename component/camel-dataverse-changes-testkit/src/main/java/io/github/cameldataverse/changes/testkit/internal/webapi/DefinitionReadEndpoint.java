package io.github.cameldataverse.changes.testkit.internal.webapi;

import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.definition.CsdlDocument;
import io.github.cameldataverse.changes.testkit.internal.definition.EntityDefinitionQuery;
import io.github.cameldataverse.changes.testkit.internal.definition.OrganizationQuery;
import io.github.cameldataverse.changes.testkit.internal.definition.ServiceDocument;
import io.github.cameldataverse.changes.testkit.internal.definition.TotalRecordCount;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.util.Set;

/** Reads definitions, documents and settings. */
final class DefinitionReadEndpoint implements WebApiEndpoint {
    private static final Set<String> NAMES = Set.of("", "$metadata", "WhoAmI", "WhoAmI()");

    private final ServiceDocument service;
    private final CsdlDocument metadata;
    private final OrganizationQuery settings;
    private final EntityDefinitionQuery definitions;
    private final TotalRecordCount counts;

    DefinitionReadEndpoint(OrganizationTables organization, Switches switches) {
        this.service = new ServiceDocument(organization);
        this.metadata = new CsdlDocument(organization);
        this.settings = new OrganizationQuery(organization, switches);
        this.definitions = new EntityDefinitionQuery(organization);
        this.counts = new TotalRecordCount(organization);
    }

    @Override
    public boolean handles(WebApiRequest call) {
        return call.isGet()
                && (NAMES.contains(call.resource())
                        || OrganizationQuery.isFor(call.resource())
                        || EntityDefinitionQuery.isFor(call.resource())
                        || TotalRecordCount.isFor(call.resource()));
    }

    @Override
    public ServiceResponse answer(WebApiRequest call) {
        settings.requireMember();
        return switch (call.resource()) {
            case "" -> service.answer(call.service());
            case "$metadata" -> metadata.answer(call.request());
            case "WhoAmI", "WhoAmI()" -> settings.whoAmI(call.service());
            default -> answerOther(call);
        };
    }

    private ServiceResponse answerOther(WebApiRequest call) {
        if (OrganizationQuery.isFor(call.resource())) {
            return settings.answer(call.request(), call.resource(), call.service());
        }
        return TotalRecordCount.isFor(call.resource())
                ? counts.answer(call.resource(), call.service())
                : definitions.answer(call.request(), call.resource(), call.service());
    }
}
