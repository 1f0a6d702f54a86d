package io.github.cameldataverse.changes.testkit;

import io.github.cameldataverse.changes.testkit.faults.Faults;
import io.github.cameldataverse.changes.testkit.internal.definition.EntityDefinitionUpdates;
import io.github.cameldataverse.changes.testkit.internal.entra.EntraAuthority;
import io.github.cameldataverse.changes.testkit.internal.entra.IssuedTokens;
import io.github.cameldataverse.changes.testkit.internal.journal.OrganizationJournal;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationEvent;
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
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The parts of a simulator, built, connected and started. {@link DataverseSimulator} gives access to them. */
final class SimulatorAssembly {
    final OrganizationTables organization;
    final Switches switches;
    final Faults faults = new Faults();
    final RequestLog requests = new RequestLog();
    final IssuedTokens tokens;
    final EntraAuthority authority;
    final Optional<ServerCertificate> certificate;
    final ServiceProtection protection;
    final SimulatorServer server;
    private final SimulatorClock clock;
    private final Optional<OrganizationJournal> journal;
    private final List<TableSchema> initialTables;

    SimulatorAssembly(SimulatorBuilder builder) {
        clock = builder.clock;
        switches = new Switches(builder.switches);
        organization = new OrganizationTables(clock);
        journal = builder.journal.map(this::restoreFrom);
        organization.identify(builder.organizationId);
        if (organization.definitions().isEmpty()) {
            organization.define(StandardTables.account());
            organization.define(StandardTables.contact());
            organization.define(StandardTables.audit());
        }
        initialTables = organization.definitions();
        tokens = new IssuedTokens(builder.acceptedTokens(), builder.accessToken, clock, switches);
        authority = new EntraAuthority(builder.tenant, builder.client, builder.identities, tokens, switches);
        certificate = builder.tls ? Optional.of(new ServerCertificate()) : Optional.empty();
        protection = new ServiceProtection(switches, clock);
        server = start(builder.port, builder.tenant);
    }

    /** Everything as it was after the start, but for the row versions, which go on rising. */
    void reset() {
        organization.resetTo(initialTables);
        faults.reset();
        switches.reset();
        protection.resetCount();
        clock.reset();
        server.resetStubs();
        forgetRequests();
    }

    void forgetRequests() {
        requests.clear();
        authority.resetCount();
    }

    void close() {
        server.close();
        journal.ifPresent(OrganizationJournal::close);
    }

    /** Makes the organization again from a journal, and has all further events written to it. */
    private OrganizationJournal restoreFrom(Path directory) {
        OrganizationEvent.Replay replay = organization.replay(clock::restore);
        OrganizationJournal opened = new OrganizationJournal(directory, event -> event.applyTo(replay));
        if (opened.isLong(organization.size())) {
            opened.compact(events -> {
                organization.snapshot(events);
                events.accept(new OrganizationEvent.ClockMoved(clock.offset()));
            });
        }
        organization.keepIn(opened);
        clock.onMove(offset -> opened.append(new OrganizationEvent.ClockMoved(offset)));
        return opened;
    }

    private SimulatorServer start(int port, String tenant) {
        EntityDefinitionUpdates definitions = new EntityDefinitionUpdates(organization, switches);
        WebApiService webApi = new WebApiService(organization, switches, definitions, tokens, tenant);
        OrganizationServiceEndpoint soap = new OrganizationServiceEndpoint(organization, switches, definitions);
        RequestDispatcher dispatcher =
                new RequestDispatcher(webApi, soap, authority, faults, protection, switches, clock);
        try {
            return new SimulatorServer(port, certificate, requests, dispatcher);
        } catch (RuntimeException refused) {
            journal.ifPresent(OrganizationJournal::close);
            certificate.ifPresent(ServerCertificate::close);
            throw refused;
        }
    }
}
