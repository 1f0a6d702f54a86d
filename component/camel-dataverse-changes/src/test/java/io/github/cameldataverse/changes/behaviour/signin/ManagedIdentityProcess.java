package io.github.cameldataverse.changes.behaviour.signin;

import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.internal.status.ReaderStatus;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/**
 * Reads until one account or a fault has come, as a managed identity or a workload: a process of its own, because these are
 * configured by environment variables. Arguments: organization, trust store, its password, and options.
 */
final class ManagedIdentityProcess {

    private ManagedIdentityProcess() {}

    public static void main(String[] arguments) throws Exception {
        ConsumerRoute reader = ConsumerRoute.of(URI.create(arguments[0]))
                .with("sslContextParameters", trusting(Path.of(arguments[1]), arguments[2]));
        for (int option = 3; option < arguments.length; option += 2) {
            reader.with(arguments[option], arguments[option + 1]);
        }
        try (reader) {
            reader.start();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !reader.received().isEmpty()
                            || reader.consumer().getErrorCounter() > 0
                            || reader.word() == ReaderStatus.Word.FAULTED);
            System.out.println("came: "
                    + reader.received().stream()
                            .map(ConsumerRoute.Received::text)
                            .toList());
            System.out.println("says: " + reader.message());
        }
    }

    private static SSLContextParameters trusting(Path file, String password) {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource("file:" + file);
        store.setPassword(password);
        TrustManagersParameters managers = new TrustManagersParameters();
        managers.setKeyStore(store);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(managers);
        return parameters;
    }
}
