package io.github.cameldataverse.changes.harness.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/** Makes self-signed certificates with the JDK's keytool. */
public record SelfSignedCertificates(Path folder) {

    public static final String PASSWORD = "changeit";

    /** A key store with one certificate for a host. */
    public Path selfSigned(String host, String... more) throws IOException, InterruptedException {
        Path store = folder.resolve(host + ".p12");
        String[] pair = {"-genkeypair", "-keyalg", "EC", "-dname", "CN=" + host, "-ext", "SAN=dns:" + host};
        keytool(store, concat(pair, more));
        return store;
    }

    /** A key store with a certificate for a host that an authority signed, and that ended two days ago. */
    public Path expired(String host, Path authority) throws IOException, InterruptedException {
        Path store = selfSigned(host);
        String request = folder.resolve("request").toString();
        String signed = folder.resolve("signed").toString();
        String root = folder.resolve("root").toString();
        keytool(store, "-certreq", "-file", request);
        keytool(
                authority,
                "-gencert",
                "-infile",
                request,
                "-outfile",
                signed,
                "-startdate",
                "-3d",
                "-validity",
                "1",
                "-ext",
                "SAN=dns:" + host);
        keytool(authority, "-exportcert", "-file", root);
        keytool(store, "-importcert", "-noprompt", "-file", root, "-alias", "root");
        keytool(store, "-importcert", "-file", signed);
        return store;
    }

    private void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        // A tool that runs for a moment gains nothing from the second compiler.
        String[] place = {
            tool,
            "-J-XX:TieredStopAtLevel=1",
            "-keystore",
            store.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD
        };
        Path log = folder.resolve("keytool.log");
        Process keytool = new ProcessBuilder(concat(place, arguments))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException("keytool failed: " + Files.readString(log));
        }
    }

    private static String[] concat(String[] one, String... two) {
        return Stream.concat(Arrays.stream(one), Arrays.stream(two)).toArray(String[]::new);
    }

    public static SSLContextParameters serving(Path store) {
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(parameters(store));
        keys.setKeyPassword(PASSWORD);
        SSLContextParameters tls = new SSLContextParameters();
        tls.setKeyManagers(keys);
        return tls;
    }

    public static SSLContextParameters trusting(Path store) {
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(parameters(store));
        SSLContextParameters tls = new SSLContextParameters();
        tls.setTrustManagers(trust);
        return tls;
    }

    private static KeyStoreParameters parameters(Path store) {
        KeyStoreParameters parameters = new KeyStoreParameters();
        parameters.setResource("file:" + store);
        parameters.setPassword(PASSWORD);
        parameters.setType("PKCS12");
        return parameters;
    }
}
