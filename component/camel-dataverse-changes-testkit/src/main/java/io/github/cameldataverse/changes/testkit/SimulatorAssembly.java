package io.github.cameldataverse.changes.testkit;

import io.github.cameldataverse.changes.testkit.faults.Faults;
import io.github.cameldataverse.changes.testkit.internal.entra.EntraAuthority;
import io.github.cameldataverse.changes.testkit.internal.entra.IssuedTokens;
import io.github.cameldataverse.changes.testkit.internal.journal.OrganizationJournal;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.server.RequestDispatcher;
import io.github.cameldataverse.changes.testkit.internal.server.RequestLog;
import io.github.cameldataverse.changes.testkit.internal.server.ServerCertificate;
import io.github.cameldataverse.changes.testkit.internal.server.ServiceProtection;
import io.github.cameldataverse.changes.testkit.internal.server.SimulatorServer;
import io.github.cameldataverse.changes.testkit.internal.soap.OrganizationServiceEndpoint;
import io.github.cameldataverse.changes.testkit.internal.webapi.WebApiService;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.table.StandardTables;
import java.util.Optional;

/** The rooms put together and running: what the doors of {@link DataverseSimulator} lead to. */
final class SimulatorAssembly {
    final OrganizationTables organization;
    final Switches switches = new Switches();
    final Faults faults = new Faults();
    final RequestLog requests = new RequestLog();
    final IssuedTokens tokens;
    final EntraAuthority authority;
    final Optional<ServerCertificate> certificate;
    final ServiceProtection protection;
    final SimulatorServer server;
    private final Optional<OrganizationJournal> journal;

    SimulatorAssembly(SimulatorBuilder builder) {
        organization = new OrganizationTables(builder.clock);
        journal = builder.journal.map(directory -> JournaledOrganization.open(directory, organization, builder.clock));
        if (organization.definitions().isEmpty()) {
            organization.define(StandardTables.account());
            organization.define(StandardTables.contact());
        }
        tokens = new IssuedTokens(builder.accessToken, builder.namesSomebody(), builder.clock, switches);
        authority = new EntraAuthority(builder.tenant, builder.client, builder.identities, tokens, switches);
        certificate = builder.tls ? Optional.of(new ServerCertificate()) : Optional.empty();
        protection = new ServiceProtection(switches, builder.clock);
        server = serve(builder.port, builder.tenant);
    }

    void close() {
        server.close();
        journal.ifPresent(OrganizationJournal::close);
    }

    private SimulatorServer serve(int port, String tenant) {
        WebApiService webApi = new WebApiService(organization, switches, tokens, tenant);
        OrganizationServiceEndpoint soap = new OrganizationServiceEndpoint(organization, switches);
        RequestDispatcher front = new RequestDispatcher(webApi, soap, authority, faults, protection);
        try {
            return new SimulatorServer(port, certificate, requests, front);
        } catch (RuntimeException refused) {
            journal.ifPresent(OrganizationJournal::close);
            certificate.ifPresent(ServerCertificate::close);
            throw refused;
        }
    }
}
