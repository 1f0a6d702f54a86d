package io.github.cameldataverse.changes.testkit;

import io.github.cameldataverse.changes.testkit.entra.AccessTokens;
import io.github.cameldataverse.changes.testkit.entra.Authority;
import io.github.cameldataverse.changes.testkit.faults.Faults;
import io.github.cameldataverse.changes.testkit.http.Certificate;
import io.github.cameldataverse.changes.testkit.http.Front;
import io.github.cameldataverse.changes.testkit.http.Protection;
import io.github.cameldataverse.changes.testkit.http.Requests;
import io.github.cameldataverse.changes.testkit.http.Server;
import io.github.cameldataverse.changes.testkit.http.WebApi;
import io.github.cameldataverse.changes.testkit.journal.Journal;
import io.github.cameldataverse.changes.testkit.model.Organization;
import io.github.cameldataverse.changes.testkit.model.StandardTables;
import io.github.cameldataverse.changes.testkit.soap.OrganizationService;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.util.Optional;

/** The rooms put together and running: what the doors of {@link DataverseSimulator} lead to. */
final class Assembled {
    final Organization organization;
    final Switches switches = new Switches();
    final Faults faults = new Faults();
    final Requests requests = new Requests();
    final AccessTokens tokens;
    final Authority authority;
    final Optional<Certificate> certificate;
    final Protection protection;
    final Server server;
    private final Optional<Journal> journal;

    Assembled(SimulatorBuilder builder) {
        organization = new Organization(builder.clock);
        journal = builder.journal.map(directory -> Memory.open(directory, organization, builder.clock));
        if (organization.definitions().isEmpty()) {
            organization.define(StandardTables.account());
            organization.define(StandardTables.contact());
        }
        tokens = new AccessTokens(builder.accessToken, builder.namesSomebody(), builder.clock, switches);
        authority = new Authority(builder.tenant, builder.client, builder.identities, tokens, switches);
        certificate = builder.tls ? Optional.of(new Certificate()) : Optional.empty();
        protection = new Protection(switches, builder.clock);
        server = serve(builder.port, builder.tenant);
    }

    void close() {
        server.close();
        journal.ifPresent(Journal::close);
    }

    private Server serve(int port, String tenant) {
        WebApi webApi = new WebApi(organization, switches, tokens, tenant);
        OrganizationService soap = new OrganizationService(organization, switches);
        Front front = new Front(webApi, soap, authority, faults, protection);
        try {
            return new Server(port, certificate, requests, front);
        } catch (RuntimeException refused) {
            journal.ifPresent(Journal::close);
            certificate.ifPresent(Certificate::close);
            throw refused;
        }
    }
}
