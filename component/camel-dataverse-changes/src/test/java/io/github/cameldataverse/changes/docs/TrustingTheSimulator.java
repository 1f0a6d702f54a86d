package io.github.cameldataverse.changes.docs;

import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/** TLS settings for the simulator's certificate, with plain properties. */
public final class TrustingTheSimulator extends SSLContextParameters {

    private final KeyStoreParameters store = new KeyStoreParameters();

    public TrustingTheSimulator() {
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(store);
        store.setType("PKCS12");
        setTrustManagers(trust);
    }

    public void setFile(String file) {
        store.setResource("file:" + file);
    }

    public void setPassword(String password) {
        store.setPassword(password);
    }
}
