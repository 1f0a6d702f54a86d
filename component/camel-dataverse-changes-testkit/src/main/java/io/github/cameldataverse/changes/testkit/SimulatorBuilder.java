package io.github.cameldataverse.changes.testkit;

import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import io.github.cameldataverse.changes.testkit.internal.entra.CertificateCredential;
import io.github.cameldataverse.changes.testkit.internal.entra.ClientCredential;
import io.github.cameldataverse.changes.testkit.internal.entra.FederatedCredential;
import io.github.cameldataverse.changes.testkit.internal.entra.FederatedIssuer;
import io.github.cameldataverse.changes.testkit.internal.entra.IssuedTokens;
import io.github.cameldataverse.changes.testkit.internal.entra.RegisteredApplication;
import io.github.cameldataverse.changes.testkit.internal.entra.SecretCredential;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The options of a simulator before it starts. A value that an option cannot have is an IllegalArgumentException with one
 * sentence. Not thread-safe.
 */
public final class SimulatorBuilder {
    int port;
    boolean tls;
    String tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";
    SimulatorClock clock = new SimulatorClock();
    Optional<String> accessToken = Optional.empty();
    Optional<RegisteredApplication> client = Optional.empty();
    Set<String> identities = new HashSet<>();
    final FederatedIssuer issuer = new FederatedIssuer();
    final Map<Switch<?>, Object> switches = new HashMap<>();
    Optional<Path> journal = Optional.empty();
    Optional<UUID> organizationId = Optional.empty();

    SimulatorBuilder() {}

    /** The port to listen on; 0, the default, takes a free one. */
    public SimulatorBuilder port(int number) {
        Argument.within("The port", number, 0, 65_535);
        port = number;
        return this;
    }

    /** Listens with TLS on a second, free port, for the token endpoint and for clients that use the Web API over TLS. */
    public SimulatorBuilder tls(boolean on) {
        tls = on;
        return this;
    }

    /** The tenant of the token endpoint. */
    public SimulatorBuilder tenant(String id) {
        Argument.text("The tenant", id);
        tenant = id;
        return this;
    }

    /** The only access token that is accepted, besides issued ones. Without it and without a client, every request is accepted. */
    public SimulatorBuilder accessToken(String token) {
        Argument.text("The access token", token);
        accessToken = Optional.of(token);
        return this;
    }

    /** The only application that access tokens are issued to. Then only issued tokens are accepted. */
    public SimulatorBuilder client(String id, String secret) {
        Argument.text("The secret of the client", secret);
        client = Optional.of(application(id, new SecretCredential(secret)));
        return this;
    }

    /** The same with a certificate instead of a secret: its RSA key signs the client's assertions. */
    public SimulatorBuilder clientCertificate(String id, X509Certificate certificate) {
        Argument.given("The certificate of the client", certificate);
        client = Optional.of(application(id, new CertificateCredential(certificate, Clock.systemUTC())));
        return this;
    }

    /** The same with a federated credential: {@linkplain DataverseSimulator#federatedToken(String) tokens} of a workload are trusted. */
    public SimulatorBuilder federatedClient(String id, String subject) {
        Argument.text("The subject of the client", subject);
        client = Optional.of(application(id, new FederatedCredential(issuer, subject, Clock.systemUTC())));
        return this;
    }

    private static RegisteredApplication application(String id, ClientCredential credential) {
        Argument.text("The id of the client", id);
        return new RegisteredApplication(id, credential);
    }

    /** The system-assigned managed identity. Then only issued tokens are accepted. */
    public SimulatorBuilder managedIdentity() {
        identities.add("");
        return this;
    }

    /** A user-assigned managed identity with this client id. */
    public SimulatorBuilder managedIdentity(String clientId) {
        Argument.text("The client id of the managed identity", clientId);
        identities.add(clientId);
        return this;
    }

    IssuedTokens.Accepted acceptedTokens() {
        return accessToken.isPresent() || client.isPresent() || !identities.isEmpty()
                ? IssuedTokens.Accepted.KNOWN
                : IssuedTokens.Accepted.ANY;
    }

    /**
     * Keeps the organization in this directory, so that it survives a restart: rows, tombstones, versions, definitions
     * and the offset of the clock. Switches and faults do not survive.
     */
    public SimulatorBuilder journal(Path directory) {
        Argument.given("The directory of the journal", directory);
        journal = Optional.of(directory);
        return this;
    }

    /**
     * The id of the organization, as {@code WhoAmI} tells it over both APIs. By default each simulator has another one, and one
     * with a journal keeps its own. Two simulators with one id are a renamed organization, or one and its restored copy.
     */
    public SimulatorBuilder organizationId(UUID id) {
        Argument.given("The id of the organization", id);
        organizationId = Optional.of(id);
        return this;
    }

    /** The clock of the organization; the default shows the real time. */
    public SimulatorBuilder clock(SimulatorClock other) {
        Argument.given("The clock", other);
        clock = other;
        return this;
    }

    /**
     * A switch with another default, which the simulator has from the start and after each reset. In the JUnit extension
     * {@link Switch#TOMBSTONE_AFTER_RETURN} is on unless it is set here.
     */
    public <T> SimulatorBuilder initially(Switch<T> which, T value) {
        which.require(value);
        switches.put(which, value);
        return this;
    }

    <T> SimulatorBuilder initiallyIfUnset(Switch<T> which, T value) {
        switches.putIfAbsent(which, value);
        return this;
    }

    /** Starts the simulator. */
    public DataverseSimulator build() {
        return new DataverseSimulator(this);
    }
}
