package io.github.cameldataverse.changes.testkit;

import io.github.cameldataverse.changes.testkit.faults.Faults;
import io.github.cameldataverse.changes.testkit.internal.entra.EntraAuthority;
import io.github.cameldataverse.changes.testkit.internal.entra.FederatedIssuer;
import io.github.cameldataverse.changes.testkit.internal.organization.RowVersionSequence;
import io.github.cameldataverse.changes.testkit.internal.server.ServerCertificate;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A Dataverse organization on a loopback port. It answers change tracking as the platform does, from tables that tests
 * write to. The tables {@code account} and {@code contact} are there from the start. Thread-safe.
 */
public final class DataverseSimulator implements AutoCloseable {
    private final String tenant;
    private final SimulatorClock clock;
    private final SimulatorAssembly rooms;
    private final FederatedIssuer issuer;

    DataverseSimulator(SimulatorBuilder builder) {
        tenant = builder.tenant;
        clock = builder.clock;
        issuer = builder.issuer;
        rooms = new SimulatorAssembly(builder);
    }

    /** What can be set before it starts. */
    public static SimulatorBuilder builder() {
        return new SimulatorBuilder();
    }

    /** A simulator with all defaults, started on a free port. */
    public static DataverseSimulator start() {
        return builder().build();
    }

    /** Where clients find it: {@code http://127.0.0.1:<port>}, without a slash at the end. */
    public URI organizationUrl() {
        return URI.create("http://127.0.0.1:" + rooms.server.port());
    }

    /** The same over TLS: {@code https://localhost:<port>}. Only if it was built with TLS. */
    public URI secureOrganizationUrl() {
        return URI.create("https://localhost:" + securePort());
    }

    /**
     * Where access tokens are given out, over TLS: {@code https://localhost:<port>/<tenant>}; clients append
     * {@code /oauth2/v2.0/token}. Only if it was built with TLS.
     */
    public URI authority() {
        return URI.create("https://localhost:" + securePort() + "/" + tenant);
    }

    /** A PKCS12 store with the certificate that a client is to trust, there until it is closed. Only with TLS. */
    public Path trustStore() {
        return rooms.certificate.map(ServerCertificate::trustStore).orElseThrow(DataverseSimulator::withoutTls);
    }

    /** The password of {@link #trustStore}. */
    public String trustStorePassword() {
        return ServerCertificate.PASSWORD;
    }

    /**
     * A token as a cluster gives it to a service account, good for an hour of the real time: what a workload shows to sign
     * in as a {@linkplain SimulatorBuilder#federatedClient federated application}.
     */
    public String federatedToken(String subject) {
        return federatedToken(subject, Duration.ofHours(1));
    }

    /** The same for another time; a negative one makes a token that has expired. */
    public String federatedToken(String subject, Duration life) {
        return issuer.token(subject, Instant.now(), life);
    }

    /**
     * The identity endpoint of App Service: what the environment variable {@code IDENTITY_ENDPOINT} is to be. That of
     * virtual machines is at {@link #organizationUrl}: the variable {@code AZURE_POD_IDENTITY_AUTHORITY_HOST}.
     */
    public URI identityEndpoint() {
        return URI.create(organizationUrl() + EntraAuthority.identityPath());
    }

    /** The secret of {@link #identityEndpoint}: what {@code IDENTITY_HEADER} is to be. */
    public String identityHeader() {
        return rooms.authority.identityHeader();
    }

    /** How many requests for access tokens were answered, refusals included. */
    public int tokenRequests() {
        return rooms.authority.answered();
    }

    /** Access tokens given out so far are refused from now on. */
    public void revokeAccessTokens() {
        rooms.tokens.revokeAll();
    }

    /** A table by its logical name; an unknown name is an IllegalArgumentException. */
    public SimulatedTable table(String logicalName) {
        rooms.organization.read(logicalName, table -> table);
        return new SimulatedTable(rooms.organization, logicalName);
    }

    /** Defines a table, or defines one anew: its rows stay, columns that are gone lose their values. */
    public SimulatedTable define(TableSchema definition) {
        rooms.organization.define(definition);
        return new SimulatedTable(rooms.organization, definition.logicalName());
    }

    /** The clock that everything here goes by. */
    public SimulatorClock clock() {
        return clock;
    }

    /** The faults to be struck by. */
    public Faults faults() {
        return rooms.faults;
    }

    /** What the platform does not document. */
    public Switches switches() {
        return rooms.switches;
    }

    /** The row versions that all tables share. */
    public RowVersionSequence versions() {
        return rooms.organization.versions();
    }

    /** The requests received, those for tokens included, oldest first; the last 10,000 of them. */
    public List<ReceivedRequest> requests() {
        return rooms.requests.all().stream()
                .map(each -> new ReceivedRequest(each.method(), each.pathAndQuery(), each.headers(), each.body()))
                .toList();
    }

    /** How many of the requests received were refused with 429, because they exceeded a limit that is set. */
    public int throttledRequests() {
        return rooms.protection.refusals();
    }

    /** Forgets the requests received. */
    public void forgetRequests() {
        rooms.requests.forget();
        rooms.authority.forget();
    }

    /** Empties all tables, disarms the rooms.faults, resets switches and clock, forgets the rooms.requests. Definitions stay. */
    public void reset() {
        rooms.organization.empty();
        rooms.faults.clear();
        rooms.switches.reset();
        rooms.protection.forget();
        clock.reset();
        forgetRequests();
    }

    @Override
    public void close() {
        rooms.close();
    }

    private int securePort() {
        return rooms.server.securePort().orElseThrow(DataverseSimulator::withoutTls);
    }

    private static IllegalStateException withoutTls() {
        return new IllegalStateException(
                "This simulator was built without TLS; build it with DataverseSimulator.builder().tls(true)");
    }
}
