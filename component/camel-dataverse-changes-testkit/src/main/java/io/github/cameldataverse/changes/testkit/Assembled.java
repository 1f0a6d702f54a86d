package io.github.cameldataverse.changes.testkit;

import io.github.cameldataverse.changes.testkit.entra.AccessTokens;
import io.github.cameldataverse.changes.testkit.entra.TokenEndpoint;
import io.github.cameldataverse.changes.testkit.faults.Faults;
import io.github.cameldataverse.changes.testkit.http.Certificate;
import io.github.cameldataverse.changes.testkit.http.Front;
import io.github.cameldataverse.changes.testkit.http.Requests;
import io.github.cameldataverse.changes.testkit.http.Server;
import io.github.cameldataverse.changes.testkit.http.WebApi;
import io.github.cameldataverse.changes.testkit.journal.Journal;
import io.github.cameldataverse.changes.testkit.model.Organization;
import io.github.cameldataverse.changes.testkit.model.StandardTables;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.util.Optional;

/** The rooms put together and running: what the doors of {@link DataverseSimulator} lead to. */
final class Assembled {
    final Organization organization;
    final Switches switches = new Switches();
    final Faults faults = new Faults();
    final Requests requests = new Requests();
    final AccessTokens tokens;
    final TokenEndpoint tokenEndpoint;
    final WebApi api;
    final Optional<Certificate> certificate;
    final Server server;
    private final Optional<Journal> journal;

    Assembled(DataverseSimulator.Builder builder) {
        organization = new Organization(builder.clock);
        journal = builder.journal.map(directory -> Memory.open(directory, organization, builder.clock));
        if (organization.definitions().isEmpty()) {
            organization.define(StandardTables.account());
            organization.define(StandardTables.contact());
        }
        tokens = new AccessTokens(builder.accessToken, builder.client.isPresent(), builder.clock, switches);
        tokenEndpoint = new TokenEndpoint(builder.tenant, builder.client, tokens, switches);
        api = new WebApi(organization, switches, tokens);
        certificate = builder.tls ? Optional.of(new Certificate()) : Optional.empty();
        server = serve(builder.port);
    }

    void close() {
        server.close();
        journal.ifPresent(Journal::close);
    }

    private Server serve(int port) {
        Front front = new Front(api, tokenEndpoint, faults);
        try {
            return new Server(port, certificate, requests, front);
        } catch (RuntimeException refused) {
            journal.ifPresent(Journal::close);
            certificate.ifPresent(Certificate::close);
            throw refused;
        }
    }
}
