package io.github.cameldataverse.changes.internal.signin;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;

/**
 * A private key and the certificates that go with it.
 *
 * @param chain the certificate of the key first; at least one
 */
record KeyWithChain(PrivateKey key, List<X509Certificate> chain) {

    /** What keeps it from signing in, as the rest of a sentence; empty if nothing does. */
    String flaw(Instant now) {
        X509Certificate certificate = chain.get(0);
        if (!(key instanceof RSAPrivateKey)) {
            return "has a key of the kind " + key.getAlgorithm() + "; Microsoft Entra ID wants an RSA key";
        }
        if (!belongsTo(certificate)) {
            return "has a key that does not belong to its first certificate; the certificate of the key must stand first";
        }
        if (!now.isBefore(certificate.getNotAfter().toInstant())) {
            return "has a certificate that expired at "
                    + certificate.getNotAfter().toInstant() + "; register a new one with the application";
        }
        return now.isBefore(certificate.getNotBefore().toInstant())
                ? "has a certificate that is not valid before "
                        + certificate.getNotBefore().toInstant()
                : "";
    }

    private boolean belongsTo(X509Certificate certificate) {
        return key instanceof RSAPrivateKey mine
                && certificate.getPublicKey() instanceof RSAPublicKey shown
                && mine.getModulus().equals(shown.getModulus());
    }

    @Override
    public String toString() {
        return "key and certificate";
    }
}
