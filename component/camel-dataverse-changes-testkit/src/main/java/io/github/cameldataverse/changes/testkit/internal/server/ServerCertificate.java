package io.github.cameldataverse.changes.testkit.internal.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A self-signed certificate for {@code localhost} and {@code 127.0.0.1}, in files, since TLS options take paths. Closing
 * it deletes the files. Its private key is public, so never trust it outside tests.
 */
public final class ServerCertificate implements AutoCloseable {
    /** The password of both stores. */
    public static final String PASSWORD = "simulator";

    private final Path directory;

    public ServerCertificate() {
        try {
            directory = Files.createTempDirectory("dataverse-simulator");
            copy("localhost.p12");
            copy("trust.p12");
        } catch (IOException full) {
            throw new UncheckedIOException("The certificate of the simulator cannot be written to a file", full);
        }
    }

    /** A PKCS12 key store with the private key and the certificate. */
    Path keyStore() {
        return directory.resolve("localhost.p12");
    }

    /** A PKCS12 trust store for clients: the certificate alone. */
    public Path trustStore() {
        return directory.resolve("trust.p12");
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(keyStore());
            Files.deleteIfExists(trustStore());
            Files.deleteIfExists(directory);
        } catch (IOException held) {
            throw new UncheckedIOException("The certificate files of the simulator cannot be removed", held);
        }
    }

    private void copy(String name) throws IOException {
        try (InputStream resource = ServerCertificate.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IOException("The resource " + name + " is missing from the testkit");
            }
            Files.copy(resource, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
