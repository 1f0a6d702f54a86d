package io.github.cameldataverse.changes.harness;

import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/** A reader of a simulator over TLS, which signs in at the simulator's authority. */
public final class TlsConsumerRoute {

    private TlsConsumerRoute() {}

    public static ConsumerRoute of(DataverseSimulator simulator, ChangeTrackingApi api) {
        return of(simulator).with("api", api.word());
    }

    /** With tenant and authority; how to sign in is left to be said. */
    public static ConsumerRoute of(DataverseSimulator simulator) {
        String authority = simulator.authority().toString();
        int slash = authority.lastIndexOf('/');
        return ConsumerRoute.of(simulator.secureOrganizationUrl())
                .with("tenantId", authority.substring(slash + 1))
                .with("authority", authority.substring(0, slash))
                .with("sslContextParameters", trusting(simulator));
    }

    public static SSLContextParameters trusting(DataverseSimulator simulator) {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource("file:" + simulator.trustStore());
        store.setPassword(simulator.trustStorePassword());
        TrustManagersParameters managers = new TrustManagersParameters();
        managers.setKeyStore(store);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(managers);
        return parameters;
    }
}
