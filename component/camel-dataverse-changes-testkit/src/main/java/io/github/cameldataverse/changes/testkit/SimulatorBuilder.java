package io.github.cameldataverse.changes.testkit;

import io.github.cameldataverse.changes.testkit.internal.entra.CertificateCredential;
import io.github.cameldataverse.changes.testkit.internal.entra.FederatedCredential;
import io.github.cameldataverse.changes.testkit.internal.entra.FederatedIssuer;
import io.github.cameldataverse.changes.testkit.internal.entra.RegisteredApplication;
import io.github.cameldataverse.changes.testkit.internal.entra.SecretCredential;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What can be set before a simulator starts. Not thread-safe. */
public final class SimulatorBuilder {
    int port;
    boolean tls;
    String tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";
    SimulatorClock clock = new SimulatorClock();
    Optional<String> accessToken = Optional.empty();
    Optional<RegisteredApplication> client = Optional.empty();
    Set<String> identities = new HashSet<>();
    final FederatedIssuer issuer = new FederatedIssuer();
    Optional<Path> journal = Optional.empty();

    SimulatorBuilder() {}

    /** The port to listen on; 0, the default, takes a free one. */
    public SimulatorBuilder port(int number) {
        port = number;
        return this;
    }

    /** Listens on a second, free port with TLS, for the token endpoint and for those who want the Web API over TLS. */
    public SimulatorBuilder tls(boolean on) {
        tls = on;
        return this;
    }

    /** The tenant that the token endpoint answers for. */
    public SimulatorBuilder tenant(String id) {
        tenant = id;
        return this;
    }

    /** The one access token that is accepted, besides those given out; without it and a client, every request is. */
    public SimulatorBuilder accessToken(String token) {
        accessToken = Optional.of(token);
        return this;
    }

    /** The one application that is given access tokens; from then on, only such tokens are accepted. */
    public SimulatorBuilder client(String id, String secret) {
        client = Optional.of(new RegisteredApplication(id, new SecretCredential(secret)));
        return this;
    }

    /** The same with a certificate in place of a secret: its key, an RSA key, signs the client's assertions. */
    public SimulatorBuilder clientCertificate(String id, X509Certificate certificate) {
        client = Optional.of(new RegisteredApplication(id, new CertificateCredential(certificate, Clock.systemUTC())));
        return this;
    }

    /** The same with trust in the {@linkplain DataverseSimulator#federatedToken(String) tokens} of a workload. */
    public SimulatorBuilder federatedClient(String id, String subject) {
        client =
                Optional.of(new RegisteredApplication(id, new FederatedCredential(issuer, subject, Clock.systemUTC())));
        return this;
    }

    /** A managed identity of the machine itself; from then on, only tokens given out are accepted. */
    public SimulatorBuilder managedIdentity() {
        return managedIdentity("");
    }

    /** A managed identity that a user has assigned to the machine, by its client id. */
    public SimulatorBuilder managedIdentity(String clientId) {
        identities.add(clientId);
        return this;
    }

    boolean namesSomebody() {
        return client.isPresent() || !identities.isEmpty();
    }

    /**
     * Keeps the organization in this directory, so that it survives a restart: rows, tombstones, versions, definitions
     * and how far the clock was moved. Switches and faults do not survive.
     */
    public SimulatorBuilder journal(Path directory) {
        journal = Optional.of(directory);
        return this;
    }

    /** The clock to go by; the default shows the real time. */
    public SimulatorBuilder clock(SimulatorClock other) {
        clock = other;
        return this;
    }

    /** Starts it. */
    public DataverseSimulator build() {
        return new DataverseSimulator(this);
    }
}
