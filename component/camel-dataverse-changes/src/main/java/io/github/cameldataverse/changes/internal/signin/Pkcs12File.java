package io.github.cameldataverse.changes.internal.signin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Reads a PKCS12 store, also known by the ending .pfx. */
final class Pkcs12File {

    private Pkcs12File() {}

    static KeyWithChain read(byte[] content, String password) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            load(store, content, password);
            return theOnlyKey(store, password.toCharArray());
        } catch (GeneralSecurityException e) {
            // Without the cause, whose message may hold anything.
            throw new UnfitFileException(
                    "holds a key that cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static void load(KeyStore store, byte[] content, String password)
            throws IOException, GeneralSecurityException {
        try {
            store.load(new ByteArrayInputStream(content), password.toCharArray());
        } catch (IOException e) {
            throw new UnfitFileException(
                    e.getCause() instanceof UnrecoverableKeyException
                            ? "does not open with the certificatePassword given"
                            : "is neither PEM nor PKCS12");
        }
    }

    private static KeyWithChain theOnlyKey(KeyStore store, char[] password)
            throws IOException, GeneralSecurityException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                keys.add(alias);
            }
        }
        if (keys.size() != 1) {
            throw new UnfitFileException("must hold one private key, and holds " + keys.size());
        }
        return new KeyWithChain(privateKey(store, keys.get(0), password), chain(store, keys.get(0)));
    }

    private static PrivateKey privateKey(KeyStore store, String alias, char[] password)
            throws IOException, GeneralSecurityException {
        if (store.getKey(alias, password) instanceof PrivateKey key) {
            return key;
        }
        throw new UnfitFileException("must hold one private key, and its only key is none");
    }

    private static List<X509Certificate> chain(KeyStore store, String alias)
            throws IOException, GeneralSecurityException {
        Certificate[] chain = store.getCertificateChain(alias);
        if (chain == null || chain.length == 0) {
            throw new UnfitFileException("holds a private key without a certificate");
        }
        return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
    }
}
