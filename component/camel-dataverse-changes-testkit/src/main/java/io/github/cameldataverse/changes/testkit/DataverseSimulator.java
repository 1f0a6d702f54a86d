package io.github.cameldataverse.changes.testkit;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.cameldataverse.changes.testkit.faults.Faults;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import io.github.cameldataverse.changes.testkit.internal.entra.EntraAuthority;
import io.github.cameldataverse.changes.testkit.internal.entra.FederatedIssuer;
import io.github.cameldataverse.changes.testkit.internal.server.ServerCertificate;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A simulated Dataverse organization on a loopback port. It answers change tracking over the Web API and the Organization
 * Service as the platform does, from tables that tests write to. The tables {@code account}, {@code contact} and
 * {@code audit} exist from the start. In JUnit use {@link DataverseSimulatorTest} or {@link DataverseSimulatorExtension}; a test without them ends with
 * {@code faults().requireAllStruck()}. Thread-safe.
 */
public final class DataverseSimulator implements AutoCloseable {
    private final String tenant;
    private final SimulatorClock clock;
    private final SimulatorAssembly parts;
    private final FederatedIssuer issuer;

    DataverseSimulator(SimulatorBuilder builder) {
        tenant = builder.tenant;
        clock = builder.clock;
        issuer = builder.issuer;
        parts = new SimulatorAssembly(builder);
    }

    /** Options for a simulator that is not started yet. */
    public static SimulatorBuilder builder() {
        return new SimulatorBuilder();
    }

    /** Starts a simulator with default options on a free port. */
    public static DataverseSimulator start() {
        return builder().build();
    }

    /** The URL of the organization: {@code http://127.0.0.1:<port>}, without a slash at the end. */
    public URI organizationUrl() {
        return URI.create("http://127.0.0.1:" + parts.server.port());
    }

    /** The same over TLS: {@code https://localhost:<port>}. Only if the simulator was built with TLS. */
    public URI secureOrganizationUrl() {
        return URI.create("https://localhost:" + securePort());
    }

    /** The id of the organization, as {@code WhoAmI} tells it over both APIs. */
    public UUID organizationId() {
        return parts.organization.id();
    }

    /**
     * The authority that issues access tokens, over TLS: {@code https://localhost:<port>/<tenant>}; clients append
     * {@code /oauth2/v2.0/token}. Only if the simulator was built with TLS.
     */
    public URI authority() {
        return URI.create("https://localhost:" + securePort() + "/" + tenant);
    }

    /** A PKCS12 trust store for clients, which exists until the simulator is closed. Only with TLS. */
    public Path trustStore() {
        return parts.certificate.map(ServerCertificate::trustStore).orElseThrow(DataverseSimulator::withoutTls);
    }

    /** The password of {@link #trustStore}. */
    public String trustStorePassword() {
        return ServerCertificate.PASSWORD;
    }

    /**
     * A token as a Kubernetes cluster issues it to a service account, valid for one hour of the real time. A workload signs in
     * with it as a {@linkplain SimulatorBuilder#federatedClient federated application}.
     */
    public String federatedToken(String subject) {
        return federatedToken(subject, Duration.ofHours(1));
    }

    /** The same with another lifetime; a negative one makes a token that has expired. */
    public String federatedToken(String subject, Duration lifetime) {
        Argument.text("The subject of the token", subject);
        return issuer.token(subject, Instant.now(), lifetime);
    }

    /**
     * The managed identity endpoint of App Service, for the environment variable {@code IDENTITY_ENDPOINT}. That of virtual
     * machines is at {@link #organizationUrl}, for the variable {@code AZURE_POD_IDENTITY_AUTHORITY_HOST}.
     */
    public URI identityEndpoint() {
        return URI.create(organizationUrl() + EntraAuthority.identityPath());
    }

    /** The secret of {@link #identityEndpoint}, for the environment variable {@code IDENTITY_HEADER}. */
    public String identityHeader() {
        return parts.authority.identityHeader();
    }

    /** The number of requests for access tokens that were answered, refusals included. */
    public int tokenRequests() {
        return parts.authority.requestCount();
    }

    /** All access tokens issued so far are refused from now on. */
    public void revokeAccessTokens() {
        parts.tokens.revokeAll();
    }

    /** The table with this logical name; an unknown name is an IllegalArgumentException. */
    public SimulatedTable table(String logicalName) {
        parts.organization.read(logicalName, table -> table);
        return new SimulatedTable(parts.organization, logicalName);
    }

    /** Defines or redefines a table: its rows stay, and columns that it no longer has lose their values. */
    public SimulatedTable define(TableSchema definition) {
        parts.organization.define(definition);
        return new SimulatedTable(parts.organization, definition.logicalName());
    }

    /** The clock of the organization. */
    public SimulatorClock clock() {
        return clock;
    }

    /** Injects faults into responses, and tells which of them have not struck. */
    public Faults faults() {
        return parts.faults;
    }

    /** Behaviour that the platform does not document, or that differs between its versions. */
    public Switches switches() {
        return parts.switches;
    }

    /**
     * Adds a WireMock stub, for what the simulator does not answer or is to answer otherwise. It comes before the simulator,
     * unless it matches nothing of the request, and knows nothing of it: neither access tokens nor faults, limits nor the clock
     * have an effect on its response. {@link #requests} has its requests too, and {@link #reset} removes it.
     *
     * @return the stub as WireMock keeps it
     */
    public StubMapping stub(MappingBuilder mapping) {
        Argument.given("The stub", mapping);
        return parts.server.stub(mapping);
    }

    /** The row versions, which all tables share. */
    public RowVersions versions() {
        return new RowVersions(parts.organization.versions());
    }

    /** The last 10,000 requests received, those for access tokens included, oldest first. */
    public List<ReceivedRequest> requests() {
        return parts.requests.all().stream()
                .map(each -> new ReceivedRequest(each.method(), each.pathAndQuery(), each.headers(), each.body()))
                .toList();
    }

    /** The number of requests that were refused with 429 because they exceeded a service protection limit. */
    public int throttledRequests() {
        return parts.protection.refusals();
    }

    /** Removes the requests received so far from {@link #requests}, and counts token requests from 0 again. */
    public void forgetRequests() {
        parts.forgetRequests();
    }

    /**
     * Back to the state after the start: the tables that were there then, without rows; no faults, those that have not struck
     * included; default switches; the real time; no requests and no stubs. Only row versions go on rising, and access tokens stay valid.
     */
    public void reset() {
        parts.reset();
    }

    @Override
    public void close() {
        parts.close();
    }

    private int securePort() {
        return parts.server.securePort().orElseThrow(DataverseSimulator::withoutTls);
    }

    private static IllegalStateException withoutTls() {
        return new IllegalStateException(
                "This simulator was built without TLS; build it with DataverseSimulator.builder().tls(true)");
    }
}
