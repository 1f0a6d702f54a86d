package io.github.cameldataverse.changes.testkit.http;

import io.github.cameldataverse.changes.testkit.definitions.EntityDefinitions;
import io.github.cameldataverse.changes.testkit.definitions.MetadataDocument;
import io.github.cameldataverse.changes.testkit.definitions.OrganizationSettings;
import io.github.cameldataverse.changes.testkit.definitions.RecordCounts;
import io.github.cameldataverse.changes.testkit.definitions.ServiceDocument;
import io.github.cameldataverse.changes.testkit.model.Organization;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import java.util.Set;

/** Reads what there is: definitions, documents, settings. */
final class DefinitionEndpoints implements Endpoint {
    private static final Set<String> NAMES = Set.of("", "$metadata", "organizations", "WhoAmI", "WhoAmI()");

    private final ServiceDocument service;
    private final MetadataDocument metadata;
    private final OrganizationSettings settings;
    private final EntityDefinitions definitions;
    private final RecordCounts counts;

    DefinitionEndpoints(Organization organization, Switches switches) {
        this.service = new ServiceDocument(organization);
        this.metadata = new MetadataDocument(organization);
        this.settings = new OrganizationSettings(switches);
        this.definitions = new EntityDefinitions(organization);
        this.counts = new RecordCounts(organization);
    }

    @Override
    public boolean handles(Call call) {
        return call.isGet()
                && (NAMES.contains(call.resource())
                        || EntityDefinitions.isMeantBy(call.resource())
                        || RecordCounts.isMeantBy(call.resource()));
    }

    @Override
    public Answer answer(Call call) {
        settings.requireMember();
        return switch (call.resource()) {
            case "" -> service.answer(call.service());
            case "$metadata" -> metadata.answer(call.question());
            case "organizations" -> settings.answer(call.question(), call.service());
            case "WhoAmI", "WhoAmI()" -> settings.whoAmI(call.service());
            default ->
                RecordCounts.isMeantBy(call.resource())
                        ? counts.answer(call.resource(), call.service())
                        : definitions.answer(call.question(), call.resource(), call.service());
        };
    }
}
