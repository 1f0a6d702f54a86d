package io.github.cameldataverse.changes.lab.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.http.SelfSignedCertificates;
import io.github.cameldataverse.changes.lab.memory.SmallHeapProcess.Pool;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A head that never ends, in every shape that HTTP/1.1 knows, fails the request with a sentence. The process with its 96
 * MB, which would end at the first OutOfMemoryError of any thread, asks again and goes on.
 */
class HeadBombTest {

    private static final int MEGABYTES = 96;
    private static final String LIMITS = "maxPageBytes=16777216&maxRowBytes=1048576";
    private static final String TOKEN = "accessToken=demo&";
    private static final String SECRET = "secret";

    @RegisterExtension
    static final DataverseSimulatorExtension ANY_TOKEN =
            new DataverseSimulatorExtension(DataverseSimulator.builder().tls(true));

    @RegisterExtension
    static final DataverseSimulatorExtension ISSUED_TOKENS = new DataverseSimulatorExtension(
            DataverseSimulator.builder().tls(true).client("app-1", SECRET));

    private DataverseSimulator simulator = ANY_TOKEN.simulator();
    private int accounts;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Pool.class)
    @ProvesFault({"N12", "S9"})
    void ofTheWebApi(Pool pool) throws Exception {
        try (HeadBomb bomb = new HeadBomb(ServerSocketFactory.getDefault(), this::plain)) {
            everyShape(bomb, pool, "http://127.0.0.1:" + bomb.port(), TOKEN);
        }
    }

    @Test
    @ProvesFault({"N12", "S9"})
    void ofTheOrganizationService() throws Exception {
        try (HeadBomb bomb = new HeadBomb(ServerSocketFactory.getDefault(), this::plain)) {
            everyShape(bomb, Pool.CAMELS, "http://127.0.0.1:" + bomb.port(), TOKEN + "api=organizationService&");
        }
    }

    @ParameterizedTest
    @EnumSource(Pool.class)
    @ProvesFault({"N12", "S9"})
    void ofAnOrganizationOverTls(Pool pool) throws Exception {
        try (HeadBomb bomb = overTls()) {
            everyShape(bomb, pool, "https://localhost:" + bomb.port(), TOKEN);
        }
    }

    @ParameterizedTest
    @EnumSource(Pool.class)
    @ProvesFault({"N12", "S9"})
    void ofTheSignInService(Pool pool) throws Exception {
        simulator = ISSUED_TOKENS.simulator();
        try (HeadBomb bomb = overTls()) {
            String authority = simulator.authority().toString().replaceFirst(":\\d+/", ":" + bomb.port() + "/");
            int slash = authority.lastIndexOf('/');
            String signIn = "tenantId=" + authority.substring(slash + 1) + "&authority=" + authority.substring(0, slash)
                    + "&clientId=app-1&clientSecret=" + SECRET + "&";
            everyShape(bomb, pool, simulator.secureOrganizationUrl().toString(), signIn);
        }
    }

    @ParameterizedTest
    @EnumSource(Pool.class)
    @ProvesFault({"N12", "S9"})
    void ofAProxyThatIsAskedForATunnel(Pool pool) throws Exception {
        try (HeadBomb bomb = new HeadBomb(ServerSocketFactory.getDefault(), this::plain)) {
            String proxy = "http.proxyHost=127.0.0.1&http.proxyPort=" + bomb.port() + "&";
            everyShape(bomb, pool, simulator.secureOrganizationUrl().toString(), TOKEN + proxy);
        }
    }

    private void everyShape(HeadBomb bomb, Pool pool, String organization, String options) throws Exception {
        try (SmallHeapReader reader = new SmallHeapReader(SmallHeapProcess.process(
                MEGABYTES,
                organization,
                options + LIMITS,
                pool,
                "-Djavax.net.ssl.trustStore=" + trustingBoth(),
                "-Djavax.net.ssl.trustStorePassword=" + SelfSignedCertificates.PASSWORD))) {
            awaitChange(reader);
            for (HeadBomb.Shape shape : HeadBomb.Shape.values()) {
                if (shape.fitsATunnel() || !options.contains("proxyHost")) {
                    explode(bomb, shape, reader);
                    bomb.defuse();
                    awaitChange(reader);
                }
            }
        }
    }

    /** It says so, goes on, and is refused again. */
    private void explode(HeadBomb bomb, HeadBomb.Shape shape, SmallHeapReader reader) throws IOException {
        int before = reader.lines();
        int hungUp = bomb.hungUp();
        bomb.explode(shape);
        simulator.revokeAccessTokens();
        reader.awaitSaid(before, shape.sentence());
        await(shape.name())
                .atMost(Duration.ofSeconds(90))
                .failFast(() -> reader.requireAlive())
                .untilAsserted(() -> assertThat(bomb.hungUp()).isGreaterThan(hungUp + 1));
    }

    private void awaitChange(SmallHeapReader reader) {
        String id = simulator.table("account").create(Map.of("name", "Account " + accounts++));
        reader.awaitSaid("got " + id);
    }

    private HeadBomb overTls() throws Exception {
        Path certificate = new SelfSignedCertificates(folder).selfSigned("localhost");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            SSLContext serving = SelfSignedCertificates.serving(certificate).createSSLContext(context);
            return new HeadBomb(serving.getServerSocketFactory(), this::secure);
        }
    }

    private Socket plain() throws IOException {
        return new Socket(
                InetAddress.getByName("127.0.0.1"), simulator.organizationUrl().getPort());
    }

    private Socket secure() throws IOException {
        URI organization = simulator.secureOrganizationUrl();
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store(simulator.trustStore(), simulator.trustStorePassword()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory().createSocket(organization.getHost(), organization.getPort());
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** The bomb's own certificate, if it has one, and that of the simulator. */
    private Path trustingBoth() throws Exception {
        KeyStore both = store(simulator.trustStore(), simulator.trustStorePassword());
        Path bombs = folder.resolve("localhost.p12");
        if (Files.exists(bombs)) {
            KeyStore own = store(bombs, SelfSignedCertificates.PASSWORD);
            both.setCertificateEntry("bomb", own.getCertificate(own.aliases().nextElement()));
        }
        Path stored = folder.resolve("trust.p12");
        try (OutputStream out = new FileOutputStream(stored.toFile())) {
            both.store(out, SelfSignedCertificates.PASSWORD.toCharArray());
        }
        return stored;
    }

    private static KeyStore store(Path file, String password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        }
        return store;
    }
}
